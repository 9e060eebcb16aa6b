// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.http;

import java.util.Locale;
import java.util.Set;

/**
 * A host that may see the token.
 *
 * @param name in lower case; with a dot in front, every host below that domain
 * @param port -1 for the default port of the scheme
 */
record AllowedHost(String name, int port) {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");

    static AllowedHost of(String text) {
        String host = text.strip().toLowerCase(Locale.ROOT);
        int port = -1;
        int colon = host.lastIndexOf(':');
        if (colon > host.lastIndexOf(']')) {
            port = port(text, host.substring(colon + 1));
            host = host.substring(0, colon);
        }
        host = host.startsWith("*.") ? host.substring(1) : unbracketed(host);
        if (host.isEmpty() || host.equals(".") || host.contains("*") || host.contains("/") || host.contains("..")) {
            throw malformed(text);
        }
        return new AllowedHost(host, port);
    }

    boolean matches(String scheme, String host, int actualPort) {
        String actual = unbracketed(host.toLowerCase(Locale.ROOT));
        boolean secure = scheme.equalsIgnoreCase("https");
        if (!secure && !(scheme.equalsIgnoreCase("http") && THIS_MACHINE.contains(actual))) {
            return false;
        }
        int standard = secure ? 443 : 80;
        boolean samePort = (port == -1 ? standard : port) == (actualPort == -1 ? standard : actualPort);
        return samePort && (name.startsWith(".") ? actual.endsWith(name) : actual.equals(name));
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String text, String digits) {
        try {
            int port = Integer.parseInt(digits);
            if (port > 0 && port < 65_536) {
                return port;
            }
            throw malformed(text);
        } catch (NumberFormatException noNumber) {
            throw malformed(text);
        }
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("'" + text + "' is no host; write one such as api.contoso.example,"
                + " api.contoso.example:8443 or *.vault.azure.net");
    }

    @Override
    public String toString() {
        return (name.startsWith(".") ? "*" : "") + name + (port == -1 ? "" : ":" + port);
    }
}
