// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.spi.TransportRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transport through a proxy, and where it passes one by. */
@Timeout(60)
class SocketHttpTransportProxyTest {
    @Test
    void send_plainHttp_asksTheProxyForTheWholeAddress() throws IOException {
        try (RawServer proxy = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            TransportRequest request = TransportRequest.get(URI.create("http://service.example:8080/a?b=c"))
                    .build();
            assertEquals(200, through(proxy, "").send(request).status());
            assertEquals(
                    List.of("GET http://service.example:8080/a?b=c HTTP/1.1\r\nHost: service.example:8080\r\n"
                            + "Connection: close\r\n\r\n"),
                    proxy.requests());
        }
    }

    @Test
    void send_proxyWithLogin_getsItWithEveryCharacter() throws IOException {
        try (RawServer proxy = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            through(proxy, "user:p+s%40%20w@")
                    .send(TransportRequest.get(URI.create("http://service.example/"))
                            .build());
            // user:p+s@ w
            assertTrue(proxy.requests().get(0).contains("\r\nProxy-Authorization: Basic dXNlcjpwK3NAIHc=\r\n"));
        }
    }

    @Test
    void send_https_tunnelsAndKeepsTheLoginFromTheServer(@TempDir Path directory) throws Exception {
        TestCertificates certificates = TestCertificates.create(directory, "dns:service.example");
        StringBuilder inside = new StringBuilder();
        try (RawServer proxy = new RawServer(exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n");
            SSLSocket tls;
            try {
                SSLSocketFactory factory = certificates.server().getSocketFactory();
                tls = (SSLSocket) factory.createSocket(exchange.socket, null, true);
            } catch (GeneralSecurityException broken) {
                throw new IOException(broken);
            }
            byte[] head = new byte[70];
            int length = tls.getInputStream().read(head);
            inside.append(new String(head, 0, length, StandardCharsets.US_ASCII));
            tls.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            tls.close();
        })) {
            SocketHttpTransport transport = through(proxy, "user:canary@")
                    .withSslSocketFactory(certificates.client().getSocketFactory());
            assertEquals(
                    200,
                    transport
                            .send(TransportRequest.get(URI.create("https://service.example/a"))
                                    .build())
                            .status());
            assertEquals(
                    List.of("CONNECT service.example:443 HTTP/1.1\r\nHost: service.example:443\r\n"
                            + "Proxy-Authorization: Basic dXNlcjpjYW5hcnk=\r\n\r\n"),
                    proxy.requests());
            assertEquals("GET /a HTTP/1.1\r\nHost: service.example\r\nConnection: close\r\n\r\n", inside.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 403, 407, 502})
    void send_proxyRefusesTheTunnel_saysSoWithoutTheLogin(int status) throws IOException {
        try (RawServer proxy = new RawServer(exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 " + status + " No\r\n\r\n<html>");
            exchange.keepOpen();
        })) {
            UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> through(proxy, "user:canary@")
                    .send(TransportRequest.get(URI.create("https://service.example/"))
                            .build()));
            assertInstanceOf(ProtocolException.class, failure.getCause());
            assertEquals(
                    "the proxy answered CONNECT with " + status + "; check HTTPS_PROXY, or name the host in NO_PROXY",
                    failure.getCause().getMessage());
            assertTrue(proxy.clientClosed(0));
        }
    }

    @Test
    void send_silentProxy_endsByTheDeadline() throws IOException {
        try (RawServer proxy = new RawServer(RawServer.Exchange::keepOpen)) {
            UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> through(proxy, "")
                    .send(TransportRequest.get(URI.create("https://service.example/"))
                            .timeout(Duration.ofMillis(300))
                            .build()));
            assertEquals(SocketTimeoutException.class, failure.getCause().getClass());
            assertTrue(proxy.clientClosed(0));
        }
    }

    @Test
    void send_localAddressOrDirectRequest_passesTheProxyBy() throws IOException {
        try (RawServer proxy = RawServer.answering("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n");
                RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            SocketHttpTransport transport = through(proxy, "");
            assertEquals(
                    200,
                    transport
                            .send(TransportRequest.get(server.uri("/")).build())
                            .status());
            assertEquals(
                    200,
                    transport
                            .send(TransportRequest.get(URI.create("http://localhost:" + server.port() + "/"))
                                    .build())
                            .status());
            assertThrows(
                    UncheckedIOException.class,
                    () -> transport.send(TransportRequest.get(URI.create("http://host.invalid/"))
                            .direct()
                            .build()));
            assertEquals(0, proxy.connections());
        }
    }

    private static SocketHttpTransport through(RawServer proxy, String login) {
        return new SocketHttpTransport(
                ProxySettings.of("http://" + login + "127.0.0.1:" + proxy.port()), System::nanoTime);
    }
}
