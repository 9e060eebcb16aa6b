// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.Environment;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The {@code claims} parameter: those of a challenge, merged with the declaration that the client handles challenges.
 * Where both speak of capabilities, the challenge wins.
 *
 * @since 0.1.0
 */
public final class ClaimsParameter {
    private static final String SWITCH = "AZURE_IDENTITY_DISABLE_CP1";
    private static final String MEMBER = "access_token";
    private static final String CAPABILITIES = "\"xms_cc\":{\"values\":[\"CP1\"]}";

    private ClaimsParameter() {}

    /**
     * The parameter's value for a request, unless the environment forbids to declare the capability.
     *
     * @param request says whether the client handles challenges, and which claims one asked for
     * @param environment with {@code AZURE_IDENTITY_DISABLE_CP1} as {@code true} or {@code 1} nothing is declared
     * @return JSON object text; empty when there is nothing to say
     */
    public static String of(TokenRequestContext request, Environment environment) {
        String disabled = environment.get(SWITCH).orElse("").strip();
        return of(disabled.equals("1") || disabled.equalsIgnoreCase("true") ? request.withCaeEnabled(false) : request);
    }

    /**
     * The parameter's value for a request.
     *
     * @param request says whether the client handles challenges, and which claims one asked for
     * @return JSON object text; empty when there is nothing to say
     * @throws IllegalArgumentException if the claims are no JSON object
     */
    public static String of(TokenRequestContext request) {
        String claims = request.claims().orElse("");
        if (claims.isEmpty()) {
            return request.caeEnabled() ? "{\"" + MEMBER + "\":{" + CAPABILITIES + "}}" : "";
        }
        JsonObject parsed = JsonObject.parse(claims.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() ->
                        new IllegalArgumentException("the claims of the request are no JSON object; take them from"
                                + " the challenge and decode their base64 first"));
        return request.caeEnabled() ? merged(claims, parsed) : claims;
    }

    private static String merged(String claims, JsonObject parsed) {
        if (!parsed.has(MEMBER)) {
            return insert(claims, 1, "\"" + MEMBER + "\":{" + CAPABILITIES + "}");
        }
        Optional<JsonObject> inner = parsed.object(MEMBER);
        int at = startOfMember(claims);
        boolean declared = inner.isEmpty() || inner.get().has("xms_cc");
        return declared || at < 0 ? claims : insert(claims, at, CAPABILITIES);
    }

    private static String insert(String json, int at, String members) {
        boolean empty = json.charAt(afterBlanks(json, at)) == '}';
        return json.substring(0, at) + members + (empty ? "" : ",") + json.substring(at);
    }

    /** Where the members of the top-level {@code access_token} object start; -1 when it is not found. */
    private static int startOfMember(String json) {
        int depth = 0;
        int i = 0;
        while (i < json.length()) {
            char c = json.charAt(i);
            if (c == '"') {
                int end = endOfString(json, i + 1);
                int colon = afterBlanks(json, end + 1);
                if (depth == 1
                        && json.charAt(colon) == ':'
                        && json.substring(i + 1, end).equals(MEMBER)) {
                    int value = afterBlanks(json, colon + 1);
                    return json.charAt(value) == '{' ? value + 1 : -1;
                }
                i = end;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
            i++;
        }
        return -1;
    }

    private static int endOfString(String json, int from) {
        int i = from;
        while (json.charAt(i) != '"') {
            i += json.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    private static int afterBlanks(String json, int from) {
        int i = from;
        while (json.charAt(i) <= ' ') {
            i++;
        }
        return i;
    }
}
