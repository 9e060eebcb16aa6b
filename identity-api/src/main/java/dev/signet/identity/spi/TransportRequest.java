// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request with its limits. Immutable but for the body's bytes; {@link #toString()} shows neither headers,
 * query nor body.
 *
 * @since 0.1.0
 */
public final class TransportRequest {
    /** The time a connection may take: 5 s. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** The time the whole exchange may take: 30 s. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** The most bytes of an answer's body: {@value}. */
    public static final int MAX_BODY_BYTES = 1 << 20;

    private final Builder parts;

    private TransportRequest(Builder parts) {
        this.parts = parts;
    }

    /**
     * Starts a GET request.
     *
     * @param uri absolute http or https address
     * @return a builder
     */
    public static Builder get(URI uri) {
        return new Builder("GET", uri, new byte[0]);
    }

    /**
     * Starts a POST request.
     *
     * @param uri absolute http or https address
     * @param contentType media type of the body
     * @param body the bytes to send
     * @return a builder
     */
    public static Builder post(URI uri, String contentType, byte[] body) {
        return new Builder("POST", uri, body).header("Content-Type", contentType);
    }

    /**
     * The method.
     *
     * @return {@code GET} or {@code POST}
     */
    public String method() {
        return parts.method;
    }

    /**
     * The address.
     *
     * @return absolute http or https address
     */
    public URI uri() {
        return parts.uri;
    }

    /**
     * The headers in the order in which they were added.
     *
     * @return an unmodifiable view
     */
    public Map<String, String> headers() {
        return Collections.unmodifiableMap(parts.headers);
    }

    /**
     * The bytes to send.
     *
     * @return the body; empty for GET
     */
    public byte[] body() {
        return parts.body.clone();
    }

    /**
     * The time a connection may take, name lookup apart.
     *
     * @return {@link #DEFAULT_CONNECT_TIMEOUT} unless given
     */
    public Duration connectTimeout() {
        return parts.connectTimeout;
    }

    /**
     * The time the whole exchange may take, from the first byte sent to the last byte read.
     *
     * @return {@link #DEFAULT_TIMEOUT} unless given
     */
    public Duration timeout() {
        return parts.timeout;
    }

    /**
     * The same request with less time, for a caller that has a deadline of its own.
     *
     * @param timeout the time the whole exchange may take; a positive time
     * @return this request if it has no more time than that, else a new one
     * @throws IllegalArgumentException if the time is zero or negative
     */
    public TransportRequest within(Duration timeout) {
        if (parts.timeout.compareTo(timeout) <= 0) {
            return this;
        }
        return new TransportRequest(new Builder(parts).timeout(timeout));
    }

    /**
     * Whether any proxy is passed by. Always so for loopback and link-local addresses.
     *
     * @return false unless given
     */
    public boolean direct() {
        return parts.direct;
    }

    /**
     * Makes the TLS sockets of this request, when its server is trusted in a way of its own.
     *
     * @return empty for the transport's own trust
     */
    public Optional<SSLSocketFactory> sslSocketFactory() {
        return Optional.ofNullable(parts.sslSocketFactory);
    }

    /**
     * The name sent in SNI (RFC 6066 section 3) and expected in the certificate, instead of the address's host.
     *
     * @return empty for the address's host
     */
    public Optional<String> serverName() {
        return Optional.ofNullable(parts.serverName);
    }

    /**
     * Whether the certificate must name the host (RFC 2818). Off only where the certificate itself is pinned.
     *
     * @return true unless given
     */
    public boolean hostNameVerified() {
        return parts.hostNameVerified;
    }

    @Override
    public String toString() {
        URI uri = parts.uri;
        return parts.method + " " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }

    /** Collects the parts of a request. Not thread-safe. */
    public static final class Builder {
        private final String method;
        private final URI uri;
        private final byte[] body;
        private final Map<String, String> headers;
        private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
        private Duration timeout = DEFAULT_TIMEOUT;
        private boolean direct;
        private @Nullable SSLSocketFactory sslSocketFactory;
        private @Nullable String serverName;
        private boolean hostNameVerified = true;

        private Builder(String method, URI uri, byte[] body) {
            String scheme = uri.getScheme();
            boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
            if (!http || uri.getHost() == null || uri.getRawUserInfo() != null) {
                throw new IllegalArgumentException(
                        "a request needs an absolute http or https address without user information");
            }
            this.method = method;
            this.uri = asciiOnly(uri);
            this.body = body.clone();
            this.headers = new LinkedHashMap<>();
        }

        private Builder(Builder other) {
            this.method = other.method;
            this.uri = other.uri;
            this.body = other.body;
            this.headers = new LinkedHashMap<>(other.headers);
            this.connectTimeout = other.connectTimeout;
            this.timeout = other.timeout;
            this.direct = other.direct;
            this.sslSocketFactory = other.sslSocketFactory;
            this.serverName = other.serverName;
            this.hostNameVerified = other.hostNameVerified;
        }

        /**
         * Adds a header.
         *
         * @param name the header's name
         * @param value its value
         * @return this
         * @throws IllegalArgumentException if name or value has characters that would end the header; the value is
         *     not shown
         */
        public Builder header(String name, String value) {
            boolean named = !name.isEmpty();
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                named &= c > ' ' && c < 0x7F && c != ':';
            }
            if (!named) {
                throw new IllegalArgumentException("malformed name of an HTTP header");
            }
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c < ' ' && c != '\t' || c > 0x7E) {
                    throw new IllegalArgumentException(
                            "the value of HTTP header " + name + " has control or non-ASCII characters");
                }
            }
            headers.put(name, value);
            return this;
        }

        /**
         * Sets the time a connection may take.
         *
         * @param timeout a positive time
         * @return this
         */
        public Builder connectTimeout(Duration timeout) {
            this.connectTimeout = positive(timeout);
            return this;
        }

        /**
         * Sets the time the whole exchange may take.
         *
         * @param timeout a positive time
         * @return this
         */
        public Builder timeout(Duration timeout) {
            this.timeout = positive(timeout);
            return this;
        }

        /**
         * Passes by any proxy.
         *
         * @return this
         */
        public Builder direct() {
            this.direct = true;
            return this;
        }

        /**
         * Sets how TLS sockets are made.
         *
         * @param factory trusts this request's server
         * @return this
         */
        public Builder sslSocketFactory(SSLSocketFactory factory) {
            this.sslSocketFactory = factory;
            return this;
        }

        /**
         * Sets the name for SNI and certificate check.
         *
         * @param name a DNS name
         * @return this
         */
        public Builder serverName(String name) {
            this.serverName = name;
            return this;
        }

        /**
         * Sets whether the certificate must name the host.
         *
         * @param verified false only where the certificate itself is pinned
         * @return this
         */
        public Builder hostNameVerified(boolean verified) {
            this.hostNameVerified = verified;
            return this;
        }

        /**
         * Makes the request. The builder may be used again.
         *
         * @return an immutable request
         */
        public TransportRequest build() {
            return new TransportRequest(new Builder(this));
        }

        /** A character beyond ASCII would not be the same one on the wire. */
        private static URI asciiOnly(URI uri) {
            String text = uri.toString();
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) >= 0x80) {
                    return URI.create(uri.toASCIIString());
                }
            }
            return uri;
        }

        private static Duration positive(Duration timeout) {
            if (timeout.isZero() || timeout.isNegative()) {
                throw new IllegalArgumentException("a timeout must be positive");
            }
            return timeout;
        }
    }
}
