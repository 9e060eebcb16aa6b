// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser brings its answer on this machine. Without a port any free one is taken, which Entra allows for
 * {@code localhost} only.
 *
 * @param host as it stands in the redirect URI
 * @param port 0 for any
 * @param path starts with a slash; empty for none
 */
record RedirectTarget(String host, int port, String path) {
    private static final String LOCALHOST = "localhost";

    static RedirectTarget of(String credentialName, @Nullable URI redirectUri, @Nullable Integer port) {
        if (redirectUri != null && port != null) {
            throw wrong(credentialName, "redirectUri and port are both set; set one of them");
        }
        if (port != null) {
            if (port < 1 || port > 65535) {
                throw wrong(credentialName, "port must be from 1 to 65535");
            }
            return new RedirectTarget(LOCALHOST, port, "");
        }
        return redirectUri == null ? new RedirectTarget(LOCALHOST, 0, "") : of(credentialName, redirectUri);
    }

    private static RedirectTarget of(String credentialName, URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        boolean localhost = host.equals(LOCALHOST);
        if (!"http".equalsIgnoreCase(uri.getScheme())
                || !localhost && !host.equals("127.0.0.1") && !host.equals("[::1]")) {
            throw wrong(
                    credentialName,
                    "redirectUri must be an http address of this machine such as http://localhost:8400");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw wrong(credentialName, "redirectUri must have neither user information nor query nor fragment");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535 || uri.getPort() < 0 && !localhost) {
            throw wrong(credentialName, "redirectUri needs a port, for example http://" + host + ":8400");
        }
        return new RedirectTarget(host, Math.max(0, uri.getPort()), uri.getRawPath());
    }

    /** The address in a setting that is text. */
    static URI parse(String credentialName, String redirectUri) {
        try {
            return new URI(redirectUri);
        } catch (URISyntaxException malformed) {
            throw wrong(credentialName, "redirectUri is no address; set one such as http://localhost:8400");
        }
    }

    private static IllegalArgumentException wrong(String credentialName, String what) {
        return new IllegalArgumentException(credentialName + ": " + what);
    }

    /** The redirect URI with the port that was taken. */
    URI uri(int takenPort) {
        return URI.create("http://" + host + ":" + takenPort + path);
    }

    /** What requests for it have as their path. */
    String requestPath() {
        return path.isEmpty() ? "/" : path;
    }
}
