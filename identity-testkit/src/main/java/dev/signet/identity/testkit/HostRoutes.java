// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.spi.HttpTransport;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import dev.signet.identity.testkit.internal.WireRequest;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A transport for which the embedded cloud is the network. Requests for the sign-in hosts of all clouds, for their
 * regional hosts and for hosts with a {@link #route} go to an endpoint of the cloud: an https request over real TLS, with
 * the host's name in SNI and in a certificate that is checked for it. The endpoint sees the request as the client made
 * it, {@code Host} header included. Loopback addresses are left alone, all other hosts are unknown. Thread-safe.
 *
 * @since 0.1.0
 */
public final class HostRoutes implements HttpTransport {
    /** Carries the host that was asked to the endpoint, where it takes the place of the delegate's Host header. */
    private static final String ROUTED = "Signet-Routed-Host";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final HttpTransport delegate;
    private final EmbeddedAuthority authority;
    private final Map<String, CloudEndpoint> targets = new ConcurrentHashMap<>();

    HostRoutes(HttpTransport delegate, EmbeddedAuthority authority) {
        this.delegate = delegate;
        this.authority = authority;
    }

    /**
     * Sends requests for a host to an endpoint.
     *
     * @param host a name or IP literal that clients are made to ask, for example {@code 169.254.169.254}
     * @param endpoint who answers
     * @return this
     */
    public HostRoutes route(String host, CloudEndpoint endpoint) {
        targets.put(host.toLowerCase(Locale.ROOT), endpoint);
        return this;
    }

    /**
     * Sends a request to the endpoint that stands for its host.
     *
     * @throws UncheckedIOException also if the host has no endpoint, or the endpoint does not speak the request's
     *     protocol
     */
    @Override
    public TransportResponse send(TransportRequest request) {
        String host = request.uri().getHost().toLowerCase(Locale.ROOT);
        CloudEndpoint target = target(host);
        if (target == null) {
            if (LOOPBACK.contains(host)) {
                return delegate.send(request);
            }
            throw new UncheckedIOException(
                    new UnknownHostException(host + " is no sign-in host and has no route in the embedded cloud"));
        }
        if (!request.uri().getScheme().equalsIgnoreCase(target.uri().getScheme())) {
            throw new UncheckedIOException(new ConnectException(host + " is served by " + target.name() + " over "
                    + target.uri().getScheme() + " only"));
        }
        if (target.uri().getScheme().equals("https")) {
            authority.names().serve(host);
        }
        return delegate.send(routed(request, target.uri(), host));
    }

    private @Nullable CloudEndpoint target(String host) {
        CloudEndpoint target = targets.get(host);
        if (target != null) {
            return target;
        }
        return authority.hosts().knows(host) || authority.hosts().regional(host) ? authority : null;
    }

    private TransportRequest routed(TransportRequest request, URI endpoint, String host) {
        URI asked = request.uri();
        String path = asked.getRawPath() == null || asked.getRawPath().isEmpty() ? "/" : asked.getRawPath();
        URI address = URI.create(endpoint.getScheme() + "://" + endpoint.getRawAuthority() + path
                + (asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery()));
        TransportRequest.Builder copy = request.method().equals("GET")
                ? TransportRequest.get(address)
                : TransportRequest.post(address, request.headers().getOrDefault("Content-Type", ""), request.body());
        request.headers().forEach(copy::header);
        copy.header(ROUTED, asked.getRawAuthority())
                .connectTimeout(request.connectTimeout())
                .timeout(request.timeout())
                .hostNameVerified(request.hostNameVerified())
                .direct();
        if (endpoint.getScheme().equals("https")) {
            copy.serverName(request.serverName().orElse(host))
                    .sslSocketFactory(request.sslSocketFactory()
                            .orElseGet(() -> authority.sslContext().getSocketFactory()));
        }
        return copy.build();
    }

    static boolean isRouted(WireRequest wire) {
        return wire.header(ROUTED) != null;
    }

    /** The request as it was before it was routed. */
    static WireRequest asSent(WireRequest wire) {
        String host = wire.header(ROUTED);
        if (host == null) {
            return wire;
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (Map.Entry<String, String> header : wire.headers()) {
            if (header.getKey().equalsIgnoreCase("Host")) {
                headers.add(Map.entry(header.getKey(), host));
            } else if (!header.getKey().equalsIgnoreCase(ROUTED)) {
                headers.add(header);
            }
        }
        return wire.withHeaders(headers);
    }

    @Override
    public String toString() {
        return "HostRoutes" + targets.keySet();
    }
}
