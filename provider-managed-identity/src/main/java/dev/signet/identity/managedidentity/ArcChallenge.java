// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.spi.TransportResponse;

/** Reads {@code WWW-Authenticate: Basic realm=<key file>}, with or without quotes round the path. */
final class ArcChallenge {
    private static final String SCHEME = "Basic ";
    private static final String REALM = "realm=";

    private ArcChallenge() {}

    /** The path in the challenge, not yet checked. */
    static String keyFile(TransportResponse response) {
        String header = response.header("WWW-Authenticate").orElse("").strip();
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw wrong("has no Basic challenge");
        }
        String rest = header.substring(SCHEME.length()).strip();
        if (!rest.regionMatches(true, 0, REALM, 0, REALM.length())) {
            throw wrong("names no realm");
        }
        String path = rest.substring(REALM.length()).strip();
        if (path.length() >= 2 && path.startsWith("\"") && path.endsWith("\"")) {
            path = path.substring(1, path.length() - 1);
        }
        if (path.isEmpty() || path.indexOf('=') >= 0) {
            throw wrong("has a realm that is not a single path");
        }
        return path;
    }

    private static ClientAuthenticationException wrong(String what) {
        return Failures.rejected(
                "Azure Arc answered with HTTP 401, and its WWW-Authenticate header " + what,
                "Check that the Azure Connected Machine agent listens at IDENTITY_ENDPOINT.",
                null);
    }
}
