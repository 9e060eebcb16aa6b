// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.core.internal.Deadline;
import dev.signet.identity.core.internal.HttpConnection;
import dev.signet.identity.core.internal.HttpWire;
import dev.signet.identity.core.internal.LocalAddresses;
import dev.signet.identity.spi.HttpTransport;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The default transport: HTTP/1.1 over one connection per request (RFC 9112). Nothing happens behind the caller's
 * back: no redirects, cookies, authenticators, retries or pooled connections, and no thread is started. The deadline
 * of a request covers handshake, headers and body however slowly they trickle; an interrupt ends it at once.
 * Proxies are never used for loopback and link-local addresses. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SocketHttpTransport implements HttpTransport {
    private final ProxySettings proxies;
    private final @Nullable SSLSocketFactory sslSocketFactory;
    private final LongSupplier nanoClock;

    /**
     * A transport that trusts what the JVM trusts.
     *
     * @param proxies which proxy to use for which address
     * @param nanoClock a monotonic clock in nanoseconds, for deadlines
     */
    public SocketHttpTransport(ProxySettings proxies, LongSupplier nanoClock) {
        this(proxies, nanoClock, null);
    }

    private SocketHttpTransport(
            ProxySettings proxies, LongSupplier nanoClock, @Nullable SSLSocketFactory sslSocketFactory) {
        this.proxies = proxies;
        this.nanoClock = nanoClock;
        this.sslSocketFactory = sslSocketFactory;
    }

    /**
     * The same transport with another trust.
     *
     * @param factory makes the TLS sockets of all requests that bring no factory of their own
     * @return a new transport
     */
    public SocketHttpTransport withSslSocketFactory(SSLSocketFactory factory) {
        return new SocketHttpTransport(proxies, nanoClock, factory);
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        Deadline deadline = new Deadline(nanoClock, request.timeout());
        try (HttpConnection connection = open(request, deadline)) {
            return HttpWire.exchange(connection, request);
        } catch (IOException failure) {
            if (Thread.currentThread().isInterrupted()) {
                InterruptedIOException interrupted = new InterruptedIOException("interrupted");
                interrupted.initCause(failure);
                throw new UncheckedIOException(interrupted);
            }
            throw new UncheckedIOException(deadline.explain(failure));
        }
    }

    private HttpConnection open(TransportRequest request, Deadline deadline) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        Duration connectTimeout = request.connectTimeout();
        ProxySettings.Proxy proxy =
                request.direct() || LocalAddresses.isLocal(request.uri().getHost())
                        ? null
                        : proxies.proxyFor(request.uri()).orElse(null);
        HttpConnection connection = proxy == null
                ? HttpConnection.direct(request.uri(), connectTimeout, deadline)
                : HttpConnection.viaProxy(request.uri(), proxy, connectTimeout, deadline);
        if ("https".equalsIgnoreCase(request.uri().getScheme())) {
            SSLSocketFactory own = request.sslSocketFactory().orElse(sslSocketFactory);
            try {
                connection.startTls(own, request.serverName().orElse(null), request.hostNameVerified());
            } catch (IOException | RuntimeException failure) {
                connection.close();
                throw failure;
            }
        }
        return connection;
    }

    @Override
    public String toString() {
        return "SocketHttpTransport";
    }
}
