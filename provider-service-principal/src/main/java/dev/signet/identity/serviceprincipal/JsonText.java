// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

/** Writes members of a JSON object (RFC 8259) whose values are texts; that is all an assertion needs. */
final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /** Appends a member, and before the first one the opening brace. */
    static void member(StringBuilder json, String name, String value) {
        json.append(json.length() == 0 ? '{' : ',');
        string(json, name);
        json.append(':');
        string(json, value);
    }

    private static void string(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
