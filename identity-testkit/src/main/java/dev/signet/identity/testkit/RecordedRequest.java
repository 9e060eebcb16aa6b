// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request that an endpoint of the embedded cloud received. Immutable; {@link #toString()} shows neither headers,
 * query nor body.
 *
 * @since 0.1.0
 */
public final class RecordedRequest {
    private final String endpoint;
    private final WireRequest wire;
    private final boolean routed;
    private final String path;
    private final @Nullable String rawQuery;
    private final Parameters query;
    private final Parameters form;
    private final Map<String, List<String>> headers;

    RecordedRequest(String endpoint, WireRequest received) {
        this.endpoint = endpoint;
        this.wire = HostRoutes.asSent(received);
        this.routed = HostRoutes.isRouted(received);
        String target = wire.target();
        int mark = target.indexOf('?');
        this.path = mark < 0 ? target : target.substring(0, mark);
        this.rawQuery = mark < 0 ? null : target.substring(mark + 1);
        this.query = Parameters.parse(rawQuery == null ? "" : rawQuery);
        String type = wire.header("Content-Type");
        boolean isForm = type != null && type.toLowerCase(Locale.ROOT).startsWith(Parameters.FORM_TYPE);
        this.form = Parameters.parse(isForm ? new String(wire.body(), StandardCharsets.UTF_8) : "");
        Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<String, String> header : wire.headers()) {
            byName.computeIfAbsent(header.getKey(), name -> new ArrayList<>()).add(header.getValue());
        }
        this.headers = Collections.unmodifiableMap(byName);
    }

    WireRequest wire() {
        return wire;
    }

    /** Whether it came through {@link HostRoutes}. */
    boolean routed() {
        return routed;
    }

    Parameters queryParameters() {
        return query;
    }

    Parameters formParameters() {
        return form;
    }

    /**
     * The endpoint that received it.
     *
     * @return for example {@code imds}
     */
    public String endpoint() {
        return endpoint;
    }

    /**
     * The method.
     *
     * @return for example {@code GET}
     */
    public String method() {
        return wire.method();
    }

    /**
     * The host that the client asked, from the {@code Host} header: behind {@link HostRoutes} the one before routing.
     *
     * @return in lower case, with the port where it was given; empty without the header
     */
    public String host() {
        return header("Host").orElse("").toLowerCase(Locale.ROOT);
    }

    /**
     * The path as it came, percent-encoding included.
     *
     * @return starts with a slash
     */
    public String path() {
        return path;
    }

    /**
     * What followed the question mark, undecoded.
     *
     * @return empty when there was no question mark
     */
    public Optional<String> rawQuery() {
        return Optional.ofNullable(rawQuery);
    }

    /**
     * The parameters of the query, decoded.
     *
     * @return names and all their values, in order
     */
    public Map<String, List<String>> query() {
        return query.values();
    }

    /**
     * The first value of a parameter of the query.
     *
     * @param name the parameter
     * @return its decoded value
     */
    public Optional<String> query(String name) {
        return query.first(name);
    }

    /**
     * All headers.
     *
     * @return names, in any case, and all their values
     */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /**
     * The first value of a header.
     *
     * @param name its name, in any case
     * @return its value
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(wire.header(name));
    }

    /**
     * The body without transfer encoding.
     *
     * @return a copy of the bytes
     */
    public byte[] body() {
        return wire.body().clone();
    }

    /**
     * The body read as UTF-8.
     *
     * @return the text
     */
    public String bodyText() {
        return new String(wire.body(), StandardCharsets.UTF_8);
    }

    /**
     * The parameters of a form body, decoded.
     *
     * @return names and all their values, in order; empty when the body is no form
     */
    public Map<String, List<String>> form() {
        return form.values();
    }

    /**
     * The first value of a parameter of a form body.
     *
     * @param name the parameter
     * @return its decoded value
     */
    public Optional<String> form(String name) {
        return form.first(name);
    }

    /**
     * The host name that the client sent in SNI (RFC 6066 section 3), in lower case.
     *
     * @return empty without TLS or without SNI
     */
    public Optional<String> serverName() {
        return Optional.ofNullable(wire.serverName());
    }

    /**
     * Where the request came from.
     *
     * @return address and port
     */
    public String clientAddress() {
        return wire.clientAddress();
    }

    @Override
    public String toString() {
        return endpoint + ": " + wire.method() + " " + path;
    }
}
