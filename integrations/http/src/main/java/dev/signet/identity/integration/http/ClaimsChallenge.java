// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the claims that a resource wants in a new token: the {@code claims} of a {@code Bearer} challenge with
 * {@code error="insufficient_claims"}. A header may hold several challenges (RFC 9110 section 11.6.1).
 */
final class ClaimsChallenge {
    private static final String DELIMITERS = " \t,=\"";

    private final String text;
    private int at;
    private String scheme = "";
    private @Nullable String error;
    private @Nullable String claims;

    private ClaimsChallenge(String text) {
        this.text = text;
    }

    /** The claims as JSON, or null where no header asks for any. */
    static @Nullable String claims(List<String> headers) {
        for (String header : headers) {
            String claims = new ClaimsChallenge(header).find();
            if (claims != null) {
                return claims;
            }
        }
        return null;
    }

    private @Nullable String find() {
        for (skip(DELIMITERS); at < text.length(); skip(DELIMITERS)) {
            String word = word();
            skip(" \t");
            if (at < text.length() && text.charAt(at) == '=') {
                parameter(word.toLowerCase(Locale.ROOT));
            } else {
                String known = wanted();
                if (known != null) {
                    return known;
                }
                scheme = word;
                error = null;
                claims = null;
            }
        }
        return wanted();
    }

    private void parameter(String name) {
        skip("= \t");
        String value = at < text.length() && text.charAt(at) == '"' ? quoted() : word();
        if (name.equals("error")) {
            error = value;
        } else if (name.equals("claims")) {
            claims = value;
        }
    }

    private String word() {
        int start = at;
        while (at < text.length() && DELIMITERS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
            at++;
        }
        at++;
        return value.toString();
    }

    private void skip(String characters) {
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private @Nullable String wanted() {
        if (!scheme.equalsIgnoreCase("Bearer") || !"insufficient_claims".equals(error) || claims == null) {
            return null;
        }
        try {
            byte[] json = Base64.getDecoder().decode(claims.replace('-', '+').replace('_', '/'));
            String decoded = new String(json, StandardCharsets.UTF_8).strip();
            return decoded.startsWith("{") && decoded.endsWith("}") ? decoded : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
