// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.Secret;
import dev.signet.identity.spi.Environment;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which HTTP proxy serves which address: the system properties {@code https.proxyHost}, {@code https.proxyPort} and
 * {@code http.nonProxyHosts} win over {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}
 * in upper or lower case. Immutable; read when it is first needed.
 *
 * @since 0.1.0
 */
public final class ProxySettings {
    private final Environment environment;

    private ProxySettings(Environment environment) {
        this.environment = environment;
    }

    /**
     * The settings of an environment.
     *
     * @param environment variables and system properties
     * @return its settings
     */
    public static ProxySettings from(Environment environment) {
        return new ProxySettings(environment);
    }

    /**
     * No proxy for any address.
     *
     * @return empty settings
     */
    public static ProxySettings none() {
        return new ProxySettings(Environment.empty());
    }

    /**
     * One proxy for every address.
     *
     * @param proxy {@code http://host:port}, with {@code user:password@} where the proxy asks for it
     * @return the settings
     * @throws IllegalArgumentException if the address is malformed; the message does not show it
     */
    public static ProxySettings of(String proxy) {
        parse("proxy", proxy);
        return new ProxySettings(Environment.empty().with("HTTPS_PROXY", proxy).with("HTTP_PROXY", proxy));
    }

    /**
     * The proxy for an address.
     *
     * @param uri an http or https address
     * @return empty to connect directly
     * @throws IllegalArgumentException if the proxy's setting is malformed; the message names it
     */
    public Optional<Proxy> proxyFor(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        Optional<String> property = environment.property(scheme + ".proxyHost");
        if (property.isPresent()) {
            if (matches(environment.property("http.nonProxyHosts").orElse(""), '|', uri)) {
                return Optional.empty();
            }
            String port = environment.property(scheme + ".proxyPort").orElse(scheme.equals("https") ? "443" : "80");
            return Optional.of(parse(scheme + ".proxyHost", property.get() + ":" + port));
        }
        if (matches(variable("NO_PROXY").orElse(""), ',', uri)) {
            return Optional.empty();
        }
        String name = scheme.equals("https") ? "HTTPS_PROXY" : "HTTP_PROXY";
        Optional<String> value = variable(name);
        if (value.isEmpty()) {
            name = "ALL_PROXY";
            value = variable(name);
        }
        return value.isEmpty() ? Optional.empty() : Optional.of(parse(name, value.get()));
    }

    private Optional<String> variable(String name) {
        Optional<String> upper = environment.get(name);
        return upper.isPresent() ? upper : environment.get(name.toLowerCase(Locale.ROOT));
    }

    private static boolean matches(String list, char separator, URI uri) {
        String host = withoutBrackets(uri.getHost().toLowerCase(Locale.ROOT));
        int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        int start = 0;
        while (start <= list.length()) {
            int end = list.indexOf(separator, start);
            end = end < 0 ? list.length() : end;
            if (matchesItem(list.substring(start, end).strip().toLowerCase(Locale.ROOT), host, port)) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    /** A name with its subdomains, an address, or either with a port; a star stands for any beginning or end. */
    private static boolean matchesItem(String item, String host, int port) {
        String name = item;
        int colon = item.lastIndexOf(':');
        if (colon > 0 && (item.indexOf(':') == colon || item.charAt(colon - 1) == ']')) {
            if (!item.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            name = item.substring(0, colon);
        }
        name = withoutBrackets(name);
        if (name.isEmpty()) {
            return false;
        }
        if (name.equals("*")) {
            return true;
        }
        if (name.endsWith("*")) {
            return host.startsWith(name.substring(0, name.length() - 1));
        }
        String suffix = name.startsWith("*") ? name.substring(1) : name;
        return suffix.startsWith(".")
                ? host.endsWith(suffix) || host.equals(suffix.substring(1))
                : host.equals(suffix) || host.endsWith("." + suffix);
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static Proxy parse(String setting, String value) {
        String text = value.strip();
        if (!text.contains("://")) {
            text = "http://" + text;
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException malformed) {
            throw wrong(setting);
        }
        if (!"http".equalsIgnoreCase(uri.getScheme())
                || uri.getHost() == null
                || uri.getPort() == 0
                || uri.getPort() > 65535) {
            throw wrong(setting);
        }
        String user = uri.getRawUserInfo();
        // a plus sign stands for itself in user information
        Secret login = user == null || user.isBlank()
                ? null
                : Secret.of(URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8));
        return new Proxy(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort(), login);
    }

    private static IllegalArgumentException wrong(String setting) {
        return new IllegalArgumentException(setting + " must name an HTTP proxy such as http://proxy.example:8080");
    }

    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        for (String name : new String[] {"HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"}) {
            if (variable(name).isPresent()) {
                names.add(name);
            }
        }
        return "ProxySettings" + names;
    }

    /** An HTTP proxy. */
    public static final class Proxy {
        private final String host;
        private final int port;
        private final @Nullable Secret login;

        private Proxy(String host, int port, @Nullable Secret login) {
            this.host = host;
            this.port = port;
            this.login = login;
        }

        /**
         * The proxy's host.
         *
         * @return a name or address
         */
        public String host() {
            return host;
        }

        /**
         * The proxy's port.
         *
         * @return 1 to 65535
         */
        public int port() {
            return port;
        }

        /**
         * User name and password for the proxy, with a colon between them.
         *
         * @return empty when the setting has none
         */
        public Optional<Secret> login() {
            return Optional.ofNullable(login);
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
