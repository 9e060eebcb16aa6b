// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.core.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds JSON objects in what a tool wrote: hints, warnings and surveys may stand around them. */
final class JsonInText {
    private static final int MOST_TRIES = 100;

    private JsonInText() {}

    /** The first complete object that has a member. */
    static Optional<JsonObject> find(String text, String member) {
        for (JsonObject object : objects(text)) {
            if (object.has(member)) {
                return Optional.of(object);
            }
        }
        return Optional.empty();
    }

    /** The complete objects in the order in which they start; of nested ones the outermost. */
    static List<JsonObject> objects(String text) {
        List<JsonObject> objects = new ArrayList<>();
        int start = text.indexOf('{');
        for (int tries = 0; start >= 0 && tries < MOST_TRIES; tries++) {
            int end = end(text, start);
            JsonObject object = end < 0
                    ? null
                    : JsonObject.parse(text.substring(start, end).getBytes(StandardCharsets.UTF_8))
                            .orElse(null);
            if (object != null) {
                objects.add(object);
            }
            start = text.indexOf('{', object == null ? start + 1 : end);
        }
        return objects;
    }

    /** Behind the brace that closes the one at the start; -1 if there is none. */
    private static int end(String text, int start) {
        int depth = 0;
        boolean quoted = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }
}
