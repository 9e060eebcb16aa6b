// SPDX-License-Identifier: MIT
package dev.signet.identity.core.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns JSON text (RFC 8259) into maps, lists, strings, booleans and {@link JsonNumber}s. Written by hand because a
 * cold start would spend a quarter of its time on loading a library for one small object.
 */
public final class JsonParsing {
    /** Values in deeper structures are checked and left out: nobody sends such with a meaning. */
    private static final int MAX_DEPTH = 16;

    /** Text that is nested more deeply counts as malformed, so that the stack holds. */
    private static final int MAX_NESTING = 500;

    private final String text;
    private int at;

    private JsonParsing(String text) {
        this.text = text;
    }

    /**
     * Parses one object.
     *
     * @param json the text in UTF-8, with or without a byte order mark
     * @return its members without the null ones; null if the text is not exactly one JSON object
     */
    public static @Nullable Map<String, Object> parseObject(byte[] json) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            JsonParsing parsing = new JsonParsing(text.startsWith("\ufeff") ? text.substring(1) : text);
            parsing.expect('{');
            Map<String, Object> members = parsing.object(0);
            parsing.skipSpace();
            return parsing.at == parsing.text.length() ? members : null;
        } catch (CharacterCodingException malformed) {
            return null;
        }
    }

    /** The members up to the closing brace; the opening one is behind us. */
    private Map<String, Object> object(int depth) throws MalformedInputException {
        Map<String, Object> members = new LinkedHashMap<>();
        if (accept('}')) {
            return members;
        }
        do {
            expect('"');
            String name = string();
            expect(':');
            Object value = value(depth);
            if (value == null) {
                members.remove(name);
            } else {
                members.put(name, value);
            }
        } while (accept(','));
        expect('}');
        return members;
    }

    private List<Object> array(int depth) throws MalformedInputException {
        List<Object> elements = new ArrayList<>();
        if (accept(']')) {
            return elements;
        }
        do {
            Object value = value(depth);
            if (value != null) {
                elements.add(value);
            }
        } while (accept(','));
        expect(']');
        return elements;
    }

    /** The next value; null for a null and for what is nested too deeply. */
    private @Nullable Object value(int depth) throws MalformedInputException {
        skipSpace();
        char first = next();
        if (first == '"') {
            return string();
        }
        if (first == '{' || first == '[') {
            if (depth == MAX_NESTING) {
                throw new MalformedInputException(at);
            }
            Object nested = first == '{' ? object(depth + 1) : array(depth + 1);
            return depth < MAX_DEPTH ? nested : null;
        }
        if (first == '-' || isDigit(first)) {
            at--;
            return number();
        }
        if (first == 't') {
            rest("rue");
            return true;
        }
        if (first == 'f') {
            rest("alse");
            return false;
        }
        if (first == 'n') {
            rest("ull");
            return null;
        }
        throw new MalformedInputException(at);
    }

    /** The text up to the closing quote; most have no escape and are cut out as they are. */
    private String string() throws MalformedInputException {
        int start = at;
        StringBuilder unescaped = null;
        while (true) {
            char c = next();
            if (c == '"') {
                String last = text.substring(start, at - 1);
                return unescaped == null ? last : unescaped.append(last).toString();
            }
            if (c < ' ') {
                throw new MalformedInputException(at);
            }
            if (c == '\\') {
                if (unescaped == null) {
                    unescaped = new StringBuilder();
                }
                unescaped.append(text, start, at - 1).append(escaped());
                start = at;
            }
        }
    }

    private char escaped() throws MalformedInputException {
        char c = next();
        if (c == 'u') {
            int code = 0;
            for (int i = 0; i < 4; i++) {
                char hex = next();
                int digit = hex < 128 ? Character.digit(hex, 16) : -1;
                if (digit < 0) {
                    throw new MalformedInputException(at);
                }
                code = code * 16 + digit;
            }
            return (char) code;
        }
        int known = "\"\\/bfnrt".indexOf(c);
        if (known < 0) {
            throw new MalformedInputException(at);
        }
        return "\"\\/\b\f\n\r\t".charAt(known);
    }

    private JsonNumber number() throws MalformedInputException {
        int start = at;
        skip('-');
        if (!skip('0')) {
            digits();
        }
        if (skip('.')) {
            digits();
        }
        if (skip('e') || skip('E')) {
            if (!skip('-')) {
                skip('+');
            }
            digits();
        }
        return new JsonNumber(text.substring(start, at));
    }

    private void digits() throws MalformedInputException {
        int start = at;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw new MalformedInputException(at);
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void rest(String word) throws MalformedInputException {
        if (!text.startsWith(word, at)) {
            throw new MalformedInputException(at);
        }
        at += word.length();
    }

    private void expect(char wanted) throws MalformedInputException {
        if (!accept(wanted)) {
            throw new MalformedInputException(at);
        }
    }

    private boolean accept(char wanted) {
        skipSpace();
        return skip(wanted);
    }

    private boolean skip(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        if (there) {
            at++;
        }
        return there;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char next() throws MalformedInputException {
        if (at == text.length()) {
            throw new MalformedInputException(at);
        }
        return text.charAt(at++);
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
