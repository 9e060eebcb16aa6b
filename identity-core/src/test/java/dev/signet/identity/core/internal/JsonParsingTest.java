// SPDX-License-Identifier: MIT
package dev.signet.identity.core.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Our reader and Jackson's agree on what is JSON and what it says, for texts that are right and for damaged ones. */
class JsonParsingTest {
    private static final long SEED = 20_261_124L;
    private static final JsonFactory JACKSON = new JsonFactory();

    @Test
    void parseObject_randomObjects_readAsJacksonReadsThem() {
        Random random = new Random(SEED);
        for (int i = 0; i < 5_000; i++) {
            compare(object(random, 0), i);
        }
    }

    @Test
    void parseObject_damagedObjects_areRefusedWhenJacksonRefusesThem() {
        Random random = new Random(SEED + 1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            refused += compare(damaged(object(random, 0), random), i) ? 0 : 1;
        }
        assertTrue(refused > 5_000 && refused < 20_000, "the damage is neither harmless nor always fatal: " + refused);
    }

    private static boolean compare(String json, int round) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        Map<String, Object> expected = jackson(bytes);
        Map<String, Object> actual = JsonParsing.parseObject(bytes);
        assertEquals(
                String.valueOf(expected),
                actual == null ? "null" : plain(actual).toString(),
                "seed " + SEED + ", round " + round + ": " + json);
        return expected != null;
    }

    private static Map<String, Object> jackson(byte[] json) {
        try (JsonParser parser = JACKSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, Object> members = members(parser);
            return parser.nextToken() == null ? members : null;
        } catch (IOException malformed) {
            return null;
        }
    }

    private static Map<String, Object> members(JsonParser parser) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            Object value = value(parser);
            if (value == null) {
                members.remove(name);
            } else {
                members.put(name, value);
            }
        }
        return members;
    }

    private static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return members(parser);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                Object element = value(parser);
                if (element != null) {
                    elements.add(element);
                }
            }
            return elements;
        }
        return token == JsonToken.VALUE_NULL ? null : parser.getText();
    }

    /** Our values with numbers and booleans as their text, as Jackson tells them. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, member) -> copy.put((String) name, plain(member)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(plain(element)));
            return copy;
        }
        return value instanceof JsonParsing.JsonNumber number ? number.text() : value.toString();
    }

    private static String object(Random random, int depth) {
        StringBuilder text = new StringBuilder("{");
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(space(random))
                    .append(string(random))
                    .append(space(random))
                    .append(':');
            text.append(space(random)).append(anything(random, depth)).append(space(random));
            text.append(i > 1 ? "," : "");
        }
        return text.append('}').toString();
    }

    private static String array(Random random, int depth) {
        StringBuilder text = new StringBuilder("[");
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(anything(random, depth)).append(space(random)).append(i > 1 ? "," : "");
        }
        return text.append(']').toString();
    }

    private static String anything(Random random, int depth) {
        return switch (random.nextInt(depth > 5 ? 6 : 8)) {
            case 0 -> "true";
            case 1 -> "false";
            case 2 -> "null";
            case 3 -> Integer.toString(random.nextInt());
            case 4 -> random.nextInt(99) + "." + random.nextInt(99) + (random.nextBoolean() ? "e-7" : "E+12");
            case 5 -> string(random);
            case 6 -> object(random, depth + 1);
            default -> array(random, depth + 1);
        };
    }

    private static String string(Random random) {
        String[] pieces = {"a", "key", "\\\"", "\\\\", "\\/", "\\b\\f\\n\\r\\t", "\\u00e9", "\u00e9", "\u20ac", " ", "7"
        };
        StringBuilder text = new StringBuilder("\"");
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.append('"').toString();
    }

    private static String space(Random random) {
        return random.nextInt(4) == 0 ? " \t\r\n".substring(random.nextInt(4)) : "";
    }

    private static String damaged(String json, Random random) {
        StringBuilder text = new StringBuilder(json);
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
            case 0 -> text.deleteCharAt(at);
            case 1 -> text.insert(at, "{}[]:,\"\\0e-.tn x\u0001".charAt(random.nextInt(17)));
            case 2 -> text.setLength(at);
            default -> text.setCharAt(at, "{}[]:,\"\\0e-.tn x".charAt(random.nextInt(16)));
        }
        return text.toString();
    }
}
