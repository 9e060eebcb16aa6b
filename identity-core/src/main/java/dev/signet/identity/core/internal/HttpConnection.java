// SPDX-License-Identifier: MIT
package dev.signet.identity.core.internal;

import dev.signet.identity.Secret;
import dev.signet.identity.core.ProxySettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** One connection to a server, directly or through a proxy, in the clear or with TLS. Used once, then closed. */
public final class HttpConnection implements AutoCloseable {
    private static final String[] TLS_VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final URI uri;
    private final boolean absoluteTarget;
    private final @Nullable Secret proxyLogin;
    private final Socket transport;
    private @Nullable SSLSocket tls;

    private HttpConnection(URI uri, Socket socket, boolean absoluteTarget, @Nullable Secret proxyLogin) {
        this.uri = uri;
        this.transport = socket;
        this.absoluteTarget = absoluteTarget;
        this.proxyLogin = proxyLogin;
    }

    /**
     * Connects to the server itself.
     *
     * @param uri the address
     * @param connectTimeout how long connecting may take
     * @param deadline when the exchange must be over
     * @return an open connection, in the clear
     * @throws IOException if no connection was made
     */
    public static HttpConnection direct(URI uri, Duration connectTimeout, Deadline deadline) throws IOException {
        Socket socket = connect(uri.getHost(), port(uri), connectTimeout, deadline);
        return new HttpConnection(uri, socket, false, null);
    }

    /**
     * Connects to a proxy and, for https, through it to the server (RFC 9110 section 9.3.6).
     *
     * @param uri the address
     * @param proxy the proxy
     * @param connectTimeout how long connecting may take
     * @param deadline when the exchange must be over
     * @return an open connection, in the clear
     * @throws IOException if no connection was made, or the proxy refused it
     */
    public static HttpConnection viaProxy(
            URI uri, ProxySettings.Proxy proxy, Duration connectTimeout, Deadline deadline) throws IOException {
        Socket socket = connect(proxy.host(), proxy.port(), connectTimeout, deadline);
        Secret login = proxy.login().orElse(null);
        if (!"https".equalsIgnoreCase(uri.getScheme())) {
            return new HttpConnection(uri, socket, true, login);
        }
        try {
            tunnel(socket, uri, login);
        } catch (IOException | RuntimeException failure) {
            socket.close();
            throw failure;
        }
        return new HttpConnection(uri, socket, false, null);
    }

    /**
     * Puts TLS over the connection. Protocol versions before 1.2 are refused.
     *
     * @param factory makes the socket; null for the JVM's default
     * @param serverName the name for SNI and certificate check; null for the address's host
     * @param hostNameVerified whether the certificate must name the host
     * @throws IOException if the handshake failed
     */
    public void startTls(@Nullable SSLSocketFactory factory, @Nullable String serverName, boolean hostNameVerified)
            throws IOException {
        SSLSocketFactory sockets = factory == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : factory;
        String name = serverName == null ? withoutBrackets(uri.getHost()) : serverName;
        SSLSocket layer = (SSLSocket) sockets.createSocket(transport, name, port(uri), true);
        SSLParameters parameters = layer.getSSLParameters();
        parameters.setProtocols(TLS_VERSIONS);
        if (hostNameVerified) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (serverName != null) {
            parameters.setServerNames(Collections.singletonList(new SNIHostName(serverName)));
        }
        layer.setSSLParameters(parameters);
        layer.startHandshake();
        tls = layer;
    }

    URI uri() {
        return uri;
    }

    /** Whether the request line carries the whole address, as proxies want it for plain http. */
    boolean absoluteTarget() {
        return absoluteTarget;
    }

    Optional<String> proxyAuthorization() {
        return proxyLogin == null ? Optional.empty() : Optional.of(basic(proxyLogin));
    }

    InputStream input() throws IOException {
        return tls == null ? transport.getInputStream() : tls.getInputStream();
    }

    OutputStream output() throws IOException {
        return tls == null ? transport.getOutputStream() : tls.getOutputStream();
    }

    /** Closes without waiting: the peer's own close_notify, for which an SSL socket waits, tells nothing any more. */
    @Override
    public void close() {
        try {
            if (tls != null) {
                tls.shutdownOutput();
            }
        } catch (IOException | UnsupportedOperationException ignored) {
            // the exchange is over either way, and not every provider's sockets can do this
        }
        try {
            transport.close();
        } catch (IOException ignored) {
            // the exchange is over either way
        }
    }

    private static Socket connect(String host, int port, Duration connectTimeout, Deadline deadline)
            throws IOException {
        IOException failure = null;
        int timeout = (int) Math.max(1, Math.min(connectTimeout.toMillis(), deadline.remainingMillis()));
        for (InetAddress address : InetAddress.getAllByName(withoutBrackets(host))) {
            SocketChannel channel = SocketChannel.open();
            try {
                Socket socket = channel.socket();
                socket.connect(new InetSocketAddress(address, port), Math.min(timeout, deadline.remainingMillis()));
                socket.setTcpNoDelay(true);
                return new DeadlineSocket(socket, deadline);
            } catch (IOException refused) {
                channel.close();
                if (failure == null) {
                    failure = refused;
                } else {
                    failure.addSuppressed(refused);
                }
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
            } catch (RuntimeException wrong) {
                channel.close();
                throw wrong;
            }
        }
        if (failure instanceof SocketTimeoutException) {
            ConnectException timedOut = new ConnectException("no connection within " + timeout + " ms");
            timedOut.initCause(failure);
            throw timedOut;
        }
        throw failure == null ? new ConnectException("no address for the host") : failure;
    }

    private static void tunnel(Socket socket, URI uri, @Nullable Secret login) throws IOException {
        String target = uri.getHost() + ":" + port(uri);
        StringBuilder head = new StringBuilder("CONNECT ")
                .append(target)
                .append(" HTTP/1.1\r\nHost: ")
                .append(target)
                .append("\r\n");
        if (login != null) {
            head.append("Proxy-Authorization: ").append(basic(login)).append("\r\n");
        }
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        HttpHead answer = HttpHead.read(socket.getInputStream());
        if (answer.status() >= 300) {
            throw new ProtocolException("the proxy answered CONNECT with " + answer.status()
                    + "; check HTTPS_PROXY, or name the host in NO_PROXY");
        }
    }

    private static String basic(Secret login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.reveal().getBytes(StandardCharsets.UTF_8));
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
