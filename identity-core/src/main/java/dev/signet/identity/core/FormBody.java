// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Builds {@code application/x-www-form-urlencoded} text, for bodies and for queries. Not thread-safe; its text may
 * hold secrets and {@link #toString()} does not show it.
 *
 * @since 0.1.0
 */
public final class FormBody {
    /** The media type of the text: {@value}. */
    public static final String CONTENT_TYPE = "application/x-www-form-urlencoded";

    private final StringBuilder text = new StringBuilder(256);

    /** An empty form. */
    public FormBody() {}

    /**
     * Adds a field.
     *
     * @param name the field's name
     * @param value its value, not yet encoded
     * @return this
     */
    public FormBody add(String name, String value) {
        if (text.length() > 0) {
            text.append('&');
        }
        text.append(encode(name)).append('=').append(encode(value));
        return this;
    }

    /**
     * The form as text.
     *
     * @return encoded names and values
     */
    public String text() {
        return text.toString();
    }

    /**
     * The form as the body of a request.
     *
     * @return ASCII bytes
     */
    public byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "FormBody[" + text.length() + " characters]";
    }
}
