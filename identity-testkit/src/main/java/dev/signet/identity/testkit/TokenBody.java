// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The JSON of a token answer, field by field, so that each can be odd or absent. Immutable; {@link #toString()} shows
 * names only.
 *
 * @since 0.1.0
 */
public final class TokenBody {
    private final Map<String, String> fields;

    private TokenBody(Map<String, String> fields) {
        this.fields = fields;
    }

    /**
     * An answer with {@code access_token} and {@code token_type} only.
     *
     * @param accessToken the token
     * @return the body
     */
    public static TokenBody of(String accessToken) {
        return new TokenBody(new LinkedHashMap<>())
                .withText("access_token", accessToken)
                .withText("token_type", "Bearer");
    }

    /**
     * The same answer with {@code expires_on}.
     *
     * @param instant the moment of expiry
     * @param format how it is written
     * @return a new body
     */
    public TokenBody expiresOn(Instant instant, ExpiryFormat format) {
        return with("expires_on", format.json(instant));
    }

    /**
     * The same answer with {@code expires_in} as a number.
     *
     * @param seconds the lifetime
     * @return a new body
     */
    public TokenBody expiresIn(long seconds) {
        return with("expires_in", Long.toString(seconds));
    }

    /**
     * The same answer with {@code refresh_in} as a number.
     *
     * @param seconds the time after which a client should renew the token
     * @return a new body
     */
    public TokenBody refreshIn(long seconds) {
        return with("refresh_in", Long.toString(seconds));
    }

    /**
     * The same answer with one field set to any JSON.
     *
     * @param name the field
     * @param json its value as JSON text; not checked
     * @return a new body
     */
    public TokenBody with(String name, String json) {
        Map<String, String> copy = new LinkedHashMap<>(fields);
        copy.put(name, json);
        return new TokenBody(copy);
    }

    /**
     * The same answer with one field set to a string.
     *
     * @param name the field
     * @param text its value, unquoted
     * @return a new body
     */
    public TokenBody withText(String name, String text) {
        return with(name, Json.write(text));
    }

    /**
     * The same answer without a field.
     *
     * @param name the field
     * @return a new body
     */
    public TokenBody without(String name) {
        Map<String, String> copy = new LinkedHashMap<>(fields);
        copy.remove(name);
        return new TokenBody(copy);
    }

    /**
     * The JSON text.
     *
     * @return an object
     */
    public String json() {
        Map<String, Object> raw = new LinkedHashMap<>();
        fields.forEach((name, json) -> raw.put(name, new Json.Raw(json)));
        return Json.write(raw);
    }

    @Override
    public String toString() {
        return "TokenBody" + fields.keySet();
    }
}
