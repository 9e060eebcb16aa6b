// SPDX-License-Identifier: MIT
package dev.signet.identity.core.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns JSON text into maps, lists, strings and {@link JsonNumber}s with a streaming parser: no data binding. */
public final class JsonParsing {
    private static final int MAX_DEPTH = 16;
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonParsing() {}

    /**
     * Parses one object.
     *
     * @param json the text
     * @return its members without the null ones; null if the text is not exactly one JSON object
     */
    public static @Nullable Map<String, Object> parseObject(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, Object> members = object(parser, 0);
            return parser.nextToken() == null ? members : null;
        } catch (IOException malformed) {
            return null;
        }
    }

    private static Map<String, Object> object(JsonParser parser, int depth) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            Object value = value(parser, depth);
            if (value == null) {
                members.remove(name);
            } else {
                members.put(name, value);
            }
        }
        return members;
    }

    private static @Nullable Object value(JsonParser parser, int depth) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return new JsonNumber(parser.getText());
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        }
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            if (depth == MAX_DEPTH) {
                parser.skipChildren();
                return null;
            }
            return token == JsonToken.START_OBJECT ? object(parser, depth + 1) : array(parser, depth + 1);
        }
        if (token == null) {
            throw new IOException("cut off");
        }
        return null;
    }

    private static List<Object> array(JsonParser parser, int depth) throws IOException {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object value = value(parser, depth);
            if (value != null) {
                elements.add(value);
            }
        }
        return elements;
    }

    /** A number as it was written, so that no precision is lost and nothing overflows. */
    public static final class JsonNumber {
        private final String text;

        JsonNumber(String text) {
            this.text = text;
        }

        /**
         * The number as it was written.
         *
         * @return a JSON number
         */
        public String text() {
            return text;
        }

        /**
         * Whether it is a whole number that fits an int.
         *
         * @return true if {@link Integer#parseInt(String)} takes it
         */
        public boolean isInt() {
            try {
                Integer.parseInt(text);
                return true;
            } catch (NumberFormatException other) {
                return false;
            }
        }
    }
}
