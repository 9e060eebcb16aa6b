// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

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

    private static final String HEX = "0123456789ABCDEF";

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
        encode(text, name);
        text.append('=');
        encode(text, value);
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

    /** Percent-encodes all but the unreserved characters of RFC 3986 section 2.3; a blank becomes {@code %20}. */
    private static void encode(StringBuilder text, String value) {
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean unreserved = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (unreserved || c == '-' || c == '.' || c == '_' || c == '~') {
                text.append(c);
            } else {
                text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
            }
        }
    }

    @Override
    public String toString() {
        return "FormBody[" + text.length() + " characters]";
    }
}
