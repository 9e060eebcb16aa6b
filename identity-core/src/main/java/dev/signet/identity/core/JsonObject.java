// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.core.internal.JsonParsing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that somebody sent. Reading never throws: what is absent, null or of another type is empty. The last
 * of several members with one name counts. Immutable; {@link #toString()} shows names only.
 *
 * @since 0.1.0
 */
public final class JsonObject {
    private final Map<String, Object> members;

    private JsonObject(Map<String, Object> members) {
        this.members = members;
    }

    /**
     * Reads a text that should be one JSON object (RFC 8259), in UTF-8 with or without a byte order mark.
     *
     * @param json the bytes
     * @return the object; empty for anything else, malformed or cut-off text included
     */
    public static Optional<JsonObject> parse(byte[] json) {
        Map<String, Object> members = JsonParsing.parseObject(json);
        return members == null ? Optional.empty() : Optional.of(new JsonObject(members));
    }

    /**
     * A member that is a string.
     *
     * @param name the member
     * @return its value
     */
    public Optional<String> string(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /**
     * A member that is a string or a number, as text.
     *
     * @param name the member
     * @return its value as it was written
     */
    public Optional<String> scalar(String name) {
        Object value = members.get(name);
        if (value instanceof JsonParsing.JsonNumber number) {
            return Optional.of(number.text());
        }
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /**
     * A member that is an object.
     *
     * @param name the member
     * @return its value
     */
    public Optional<JsonObject> object(String name) {
        return Optional.ofNullable(asObject(members.get(name)));
    }

    /**
     * The objects in a member that is an array.
     *
     * @param name the member
     * @return its elements that are objects; empty if the member is no array
     */
    public List<JsonObject> objects(String name) {
        List<JsonObject> found = new ArrayList<>();
        if (members.get(name) instanceof List<?> list) {
            for (Object element : list) {
                JsonObject object = asObject(element);
                if (object != null) {
                    found.add(object);
                }
            }
        }
        return found;
    }

    /**
     * The strings in a member that is an array.
     *
     * @param name the member
     * @return its elements that are strings; empty if the member is no array
     */
    public List<String> strings(String name) {
        List<String> found = new ArrayList<>();
        if (members.get(name) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof String text) {
                    found.add(text);
                }
            }
        }
        return found;
    }

    /**
     * The whole numbers in a member that is an array.
     *
     * @param name the member
     * @return its elements that fit an int; empty if the member is no array
     */
    public List<Integer> integers(String name) {
        List<Integer> found = new ArrayList<>();
        if (members.get(name) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof JsonParsing.JsonNumber number && number.isInt()) {
                    found.add(Integer.parseInt(number.text()));
                }
            }
        }
        return found;
    }

    /**
     * Whether a member is there and not null.
     *
     * @param name the member
     * @return true if it has a value of any type
     */
    public boolean has(String name) {
        return members.get(name) != null;
    }

    @SuppressWarnings("unchecked") // the parser makes maps with text keys only
    private static @Nullable JsonObject asObject(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? new JsonObject((Map<String, Object>) map) : null;
    }

    @Override
    public String toString() {
        return "JsonObject" + members.keySet();
    }
}
