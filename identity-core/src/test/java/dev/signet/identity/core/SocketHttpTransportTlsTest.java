// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transport over TLS: whom it trusts, which names it checks, and that nothing hangs. */
@Timeout(60)
class SocketHttpTransportTlsTest {
    private static TestCertificates certificates;

    private final SocketHttpTransport untrusting = new SocketHttpTransport(ProxySettings.none(), System::nanoTime);

    @BeforeAll
    static void makeCertificate(@TempDir Path directory) throws Exception {
        certificates = TestCertificates.create(directory, "dns:localhost,dns:name.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void send_trustedServer_answersAndTheSocketIsClosed(String version) throws Exception {
        try (RawServer server = tls(listening(version), exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            exchange.keepOpen();
        })) {
            TransportResponse response =
                    trusting().send(request(server, "localhost").build());
            assertEquals("ok", new String(response.body(), StandardCharsets.US_ASCII));
            assertTrue(server.clientClosed(0));
            assertTrue(server.requests().get(0).contains("Host: localhost:" + server.port() + "\r\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void send_bodyUntilClose_isRead(String version) throws Exception {
        try (RawServer server = tls(listening(version), exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(100_000));
        })) {
            assertEquals(
                    100_000,
                    trusting().send(request(server, "localhost").build()).body().length);
        }
    }

    @Test
    void send_unknownIssuer_failsTheHandshakeAndSendsNothing() throws Exception {
        try (RawServer server = tls(listening("TLSv1.3", "TLSv1.2"), RawServer.Exchange::readRequest)) {
            UncheckedIOException failure = assertThrows(
                    UncheckedIOException.class,
                    () -> untrusting.send(request(server, "localhost").build()));
            assertInstanceOf(SSLHandshakeException.class, failure.getCause());
            assertEquals(List.of(), server.requests());
        }
    }

    @Test
    void send_otherHostName_isRefused() throws Exception {
        try (RawServer server = tls(listening("TLSv1.3"), RawServer.Exchange::readRequest)) {
            UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> trusting()
                    .send(request(server, "127.0.0.1").build()));
            assertInstanceOf(SSLHandshakeException.class, failure.getCause());
            assertEquals(List.of(), server.requests());
        }
    }

    @Test
    void send_hostNameNotVerified_answersForAnyName() throws Exception {
        try (RawServer server = tls(listening("TLSv1.3"), SocketHttpTransportTlsTest::ok)) {
            TransportRequest request =
                    request(server, "127.0.0.1").hostNameVerified(false).build();
            assertEquals(200, trusting().send(request).status());
        }
    }

    @Test
    void send_ownFactory_winsOverTheTransports() throws Exception {
        try (RawServer server = tls(listening("TLSv1.3"), SocketHttpTransportTlsTest::ok)) {
            TransportRequest request = request(server, "localhost")
                    .sslSocketFactory(certificates.client().getSocketFactory())
                    .build();
            assertEquals(200, untrusting.send(request).status());
        }
    }

    @Test
    void send_serverName_isSentAndChecked() throws Exception {
        AtomicReference<List<?>> names = new AtomicReference<>();
        try (RawServer server = tls(listening("TLSv1.3"), exchange -> {
            SSLSocket socket = (SSLSocket) exchange.socket;
            names.set(((ExtendedSSLSession) socket.getSession()).getRequestedServerNames());
            ok(exchange);
        })) {
            TransportRequest request =
                    request(server, "127.0.0.1").serverName("name.example").build();
            assertEquals(200, trusting().send(request).status());
            assertEquals(List.of(new SNIHostName("name.example")), names.get());
            assertThrows(UncheckedIOException.class, () -> trusting()
                    .send(request(server, "localhost")
                            .serverName("other.example")
                            .build()));
        }
    }

    @Test
    void send_malformedServerName_leaksNoSocket() throws Exception {
        try (RawServer server = new RawServer(RawServer.Exchange::keepOpen)) {
            assertThrows(IllegalArgumentException.class, () -> trusting()
                    .send(request(server, "localhost").serverName("a..b").build()));
            assertTrue(server.clientClosed(0));
        }
    }

    @Test
    void send_serverKnowsOldTlsOnly_isRefused() throws Exception {
        try (RawServer server = tls(listening("TLSv1.1"), RawServer.Exchange::readRequest)) {
            UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> trusting()
                    .send(request(server, "localhost").build()));
            assertInstanceOf(IOException.class, failure.getCause());
            assertEquals(List.of(), server.requests());
        }
    }

    @Test
    void send_plainServer_isATlsFailure() throws Exception {
        try (RawServer chatty = new RawServer(exchange -> {
            exchange.write("HTTP/1.1 400 Bad Request\r\n\r\n");
            exchange.keepOpen();
        })) {
            UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> trusting()
                    .send(request(chatty, "localhost").build()));
            assertInstanceOf(SSLException.class, failure.getCause());
        }
    }

    @ParameterizedTest(name = "sends first: {0}")
    @ValueSource(booleans = {true, false})
    void send_handshakeThatNeverEnds_endsByTheDeadline(boolean trickle) throws Exception {
        try (RawServer server = new RawServer(exchange -> {
            if (trickle) {
                // the head of a handshake record of 16 384 bytes, which never arrives in whole
                exchange.write(new byte[] {22, 3, 3, 0x40, 0});
            }
            while (!exchange.pause(40)) {
                exchange.write(trickle ? new byte[1] : new byte[0]);
            }
        })) {
            long start = System.nanoTime();
            UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> trusting()
                    .send(request(server, "localhost")
                            .timeout(Duration.ofMillis(400))
                            .build()));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertEquals(SocketTimeoutException.class, failure.getCause().getClass(), failure.toString());
            assertTrue(millis >= 400 && millis < 5000, millis + " ms");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void send_trickledBody_endsByTheDeadline(String version) throws Exception {
        try (RawServer server = tls(listening(version), exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 200 OK\r\n\r\n");
            while (!exchange.pause(40)) {
                exchange.write("x");
            }
        })) {
            long start = System.nanoTime();
            UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> trusting()
                    .send(request(server, "localhost")
                            .timeout(Duration.ofMillis(1500))
                            .build()));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertEquals(SocketTimeoutException.class, failure.getCause().getClass(), failure.toString());
            assertTrue(millis < 10_000, millis + " ms");
        }
    }

    @ParameterizedTest(name = "in the handshake: {0}")
    @ValueSource(booleans = {true, false})
    void send_interrupted_endsAtOnce(boolean inHandshake) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        RawServer.Script script = exchange -> {
            if (inHandshake) {
                exchange.socket.getInputStream().read();
            } else {
                exchange.readRequest();
            }
            reached.countDown();
            exchange.keepOpen();
        };
        try (RawServer server = inHandshake ? new RawServer(script) : tls(listening("TLSv1.3"), script)) {
            AtomicReference<Throwable> seen = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                try {
                    trusting().send(request(server, "localhost").build());
                } catch (Throwable failure) {
                    seen.set(failure.getCause());
                }
            });
            caller.start();
            assertTrue(reached.await(30, TimeUnit.SECONDS));
            caller.interrupt();
            caller.join(20_000);
            assertEquals(InterruptedIOException.class, seen.get().getClass(), String.valueOf(seen.get()));
        }
    }

    private SocketHttpTransport trusting() {
        try {
            return untrusting.withSslSocketFactory(certificates.client().getSocketFactory());
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    private static void ok(RawServer.Exchange exchange) throws IOException {
        exchange.readRequest();
        exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }

    private static TransportRequest.Builder request(RawServer server, String host) {
        return TransportRequest.get(URI.create("https://" + host + ":" + server.port() + "/"));
    }

    private static RawServer tls(SSLServerSocket listener, RawServer.Script script) {
        return new RawServer(listener, script);
    }

    private static SSLServerSocket listening(String... versions) throws Exception {
        SSLServerSocket listener = (SSLServerSocket) certificates
                .server()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        listener.setEnabledProtocols(versions);
        return listener;
    }
}
