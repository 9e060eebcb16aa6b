// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.core.FormBody;
import java.net.URI;
import java.net.URISyntaxException;

/** Reads endpoints and header values that the platform put into variables. Messages name the variable only. */
final class Endpoint {
    private Endpoint() {}

    /** An absolute http or https address. */
    static URI parse(String variable, String value) {
        URI uri;
        try {
            uri = new URI(value.strip());
        } catch (URISyntaxException malformed) {
            throw wrong(variable, "is not an address");
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw wrong(variable, "is not an absolute http or https address");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw wrong(variable, "has user information or a fragment");
        }
        return uri;
    }

    /** The address with further parameters, behind those that it has. */
    static URI withQuery(URI endpoint, FormBody parameters) {
        String query = endpoint.getRawQuery();
        String separator = query == null ? "?" : query.isEmpty() ? "" : "&";
        return URI.create(endpoint + separator + parameters.text());
    }

    /** A value that can stand in a header; a line break in it would forge another header. */
    static String headerValue(String variable, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > 0x7E) {
                throw wrong(variable, "has characters that cannot stand in an HTTP header");
            }
        }
        return value;
    }

    private static ClientAuthenticationException wrong(String variable, String what) {
        return Failures.misconfigured(
                variable + " " + what, "Leave the variable as the platform sets it, or unset it.");
    }
}
