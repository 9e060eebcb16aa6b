// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.CookieHandler;
import java.net.InetAddress;
import java.net.PasswordAuthentication;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transport, byte by byte, in the clear. */
@Timeout(60)
class SocketHttpTransportTest {
    private static final int MIB = 1 << 20;

    private final SocketHttpTransport transport = new SocketHttpTransport(ProxySettings.none(), System::nanoTime);

    @Test
    void send_get_isOnePlainRequest() throws IOException {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A:  b \r\n\r\nok")) {
            TransportResponse response = transport.send(TransportRequest.get(server.uri("/a/b?c=%20d"))
                    .header("Metadata", "true")
                    .build());
            assertEquals(200, response.status());
            assertEquals("ok", text(response));
            assertEquals(Optional.of("b"), response.header("x-a"));
            assertEquals(
                    List.of("GET /a/b?c=%20d HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                            + "\r\nMetadata: true\r\nConnection: close\r\n\r\n"),
                    server.requests());
        }
    }

    @Test
    void send_post_hasLengthAndBody() throws IOException {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\n\r\nok")) {
            transport.send(
                    TransportRequest.post(server.uri(""), "text/plain", "b=1".getBytes(StandardCharsets.US_ASCII))
                            .build());
            assertEquals(
                    List.of("POST / HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                            + "\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\nb=1"),
                    server.requests());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more than was announced",
                "HTTP/1.0 200 OK\r\n\r\nhello",
                "HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200 \r\nCONTENT-LENGTH:5\r\n\r\nhello",
                "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nContent-Length: 3\r\n\r\n"
                        + "05;ext=\"a;b\"\r\nhello\r\n0;x\r\nTrailer: t\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\n"
                        + "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            })
    void send_everyFraming_readsTheBody(String answer) throws IOException {
        try (RawServer server = RawServer.answering(answer)) {
            assertEquals("hello", text(get(server)));
        }
    }

    @Test
    void send_lengthReached_doesNotWaitForTheEnd() throws IOException {
        try (RawServer server = new RawServer(exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            exchange.keepOpen();
        })) {
            assertEquals("ok", text(get(server)));
            assertTrue(server.clientClosed(0), "the socket must not leak");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void send_statusWithoutBody_doesNotWaitForOne(int status) throws IOException {
        try (RawServer server = new RawServer(exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 " + status + " X\r\nContent-Encoding: gzip\r\n\r\n");
            exchange.keepOpen();
        })) {
            TransportResponse response = get(server);
            assertEquals(status, response.status());
            assertEquals(0, response.body().length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 401, 407, 500})
    void send_otherStatus_isReturnedAfterOneRequest(int status) throws IOException {
        AtomicInteger asked = new AtomicInteger();
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                asked.incrementAndGet();
                return new PasswordAuthentication("user", "canary".toCharArray());
            }
        });
        try (RawServer server = RawServer.answering("HTTP/1.1 " + status + " X\r\nLocation: /elsewhere\r\n"
                + "WWW-Authenticate: Basic realm=x\r\nProxy-Authenticate: Basic realm=x\r\n"
                + "Content-Length: 0\r\n\r\n")) {
            TransportResponse response = get(server);
            assertEquals(status, response.status());
            assertEquals(Optional.of("Basic realm=x"), response.header("WWW-Authenticate"));
            assertEquals(1, server.connections());
            assertEquals(0, asked.get());
        } finally {
            Authenticator.setDefault(null);
        }
    }

    @Test
    void send_processWideCookieHandler_isNotAsked() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        CookieHandler.setDefault(new CookieHandler() {
            @Override
            public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
                asked.incrementAndGet();
                return Map.of("Cookie", List.of("canary=1"));
            }

            @Override
            public void put(URI uri, Map<String, List<String>> headers) {
                asked.incrementAndGet();
            }
        });
        try (RawServer server =
                RawServer.answering("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n")) {
            get(server);
            get(server);
            assertEquals(0, asked.get());
            assertTrue(server.requests().stream().noneMatch(request -> request.contains("Cookie")));
        } finally {
            CookieHandler.setDefault(null);
        }
    }

    @Test
    void send_gzip_isUnpacked() throws IOException {
        byte[] packed = gzip("hello".getBytes(StandardCharsets.US_ASCII));
        try (RawServer server = new RawServer(exchange -> {
            exchange.readRequest();
            exchange.write(
                    "HTTP/1.1 200 OK\r\nContent-Encoding: GZIP\r\nContent-Length: " + packed.length + "\r\n\r\n");
            exchange.write(packed);
        })) {
            assertEquals("hello", text(get(server)));
        }
    }

    @Test
    void send_gzipBomb_isRefused() throws IOException {
        byte[] packed = gzip(new byte[64 * MIB]);
        assertTrue(packed.length < MIB);
        assertMalformed("the answer is over 1 MiB", exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
            exchange.write(packed);
        });
    }

    @Test
    void send_brokenGzip_isRefused() throws IOException {
        byte[] packed = gzip("hello".getBytes(StandardCharsets.US_ASCII));
        assertMalformed("the answer is not gzip as it says", exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
            exchange.write(Arrays.copyOf(packed, packed.length - 9));
        });
        assertMalformed("the answer is not gzip as it says", exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1048577", "Transfer-Encoding: chunked", "Connection: close"})
    void send_bodyOverOneMebibyte_isRefused(String framing) throws IOException {
        boolean chunked = framing.contains("chunked");
        assertMalformed("the answer is over 1 MiB", exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n");
            exchange.write(chunked ? "100001\r\n" : "");
            exchange.write(new byte[MIB + 1]);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1048576", "Transfer-Encoding: chunked", "Connection: close"})
    void send_bodyOfOneMebibyte_isRead(String framing) throws IOException {
        boolean chunked = framing.contains("chunked");
        byte[] body = new byte[MIB];
        body[MIB - 1] = 7;
        try (RawServer server = new RawServer(exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n");
            exchange.write(chunked ? "100000\r\n" : "");
            exchange.write(body);
            exchange.write(chunked ? "\r\n0\r\n\r\n" : "");
        })) {
            assertArrayEquals(body, get(server).body());
        }
    }

    @Test
    void send_endlessChunks_areRefused() throws IOException {
        byte[] chunk = ("4000\r\n" + "x".repeat(0x4000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        assertMalformed("the answer is over 1 MiB", exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (!exchange.pause(0)) {
                exchange.write(chunk);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
            })
    void send_cutOff_isALostConnectionNotAMalformedAnswer(String answer) throws IOException {
        try (RawServer server = RawServer.answering(answer)) {
            IOException cause = failure(server);
            assertTrue(!(cause instanceof ProtocolException), cause.toString());
            assertTrue(cause.getMessage().startsWith("the connection was closed"), cause.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 099 OK\r\n\r\n",
                "HTTP/1.1 600 OK\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                "\r\nHTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n folded: c\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n",
            })
    void send_malformedAnswer_isAProtocolException(String answer) throws IOException {
        try (RawServer server = RawServer.answering(answer)) {
            assertInstanceOf(ProtocolException.class, failure(server));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A: ", "HTTP/1.1 100 Continue\r\n\r\n"})
    void send_endlessHeaders_areRefused(String repeated) throws IOException {
        boolean interim = repeated.startsWith("HTTP");
        assertMalformed("the headers of the answer are over 64 KiB", exchange -> {
            exchange.readRequest();
            exchange.write(interim ? "" : "HTTP/1.1 200 OK\r\n");
            byte[] block =
                    (interim ? repeated : repeated + "x".repeat(100) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            while (!exchange.pause(0)) {
                exchange.write(block);
            }
        });
    }

    @Test
    void send_postWhoseConnectionDrops_isSentOnce() throws IOException {
        try (RawServer server = new RawServer(RawServer.Exchange::readRequest)) {
            UncheckedIOException failure = assertThrows(
                    UncheckedIOException.class,
                    () -> transport.send(TransportRequest.post(server.uri("/"), "text/plain", new byte[1])
                            .build()));
            assertEquals(
                    "the connection was closed before the answer was complete",
                    failure.getCause().getMessage());
            assertEquals(1, server.connections());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nX: ",
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n"
            })
    void send_trickledAnswer_endsByTheDeadline(String start) throws IOException {
        try (RawServer server = new RawServer(exchange -> {
            exchange.readRequest();
            exchange.write(start);
            while (!exchange.pause(40)) {
                exchange.write("x");
            }
        })) {
            assertTimesOut(server.uri("/"));
        }
    }

    @Test
    void send_silentServer_endsByTheDeadline() throws IOException {
        try (RawServer server = new RawServer(exchange -> {
            exchange.readRequest();
            exchange.keepOpen();
        })) {
            assertTimesOut(server.uri("/"));
            assertTrue(server.clientClosed(0), "the socket must not leak");
        }
    }

    @Test
    void send_nobodyListens_isAConnectException() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = taken.getLocalPort();
        }
        UncheckedIOException failure = assertThrows(
                UncheckedIOException.class,
                () -> transport.send(TransportRequest.get(URI.create("http://127.0.0.1:" + port + "/"))
                        .build()));
        assertInstanceOf(ConnectException.class, failure.getCause());
    }

    @Test
    void send_interruptedWhileReading_endsAtOnceWithTheFlagSet() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        try (RawServer server = new RawServer(exchange -> {
            exchange.readRequest();
            reading.countDown();
            exchange.keepOpen();
        })) {
            AtomicReference<Throwable> seen = new AtomicReference<>();
            AtomicBoolean flag = new AtomicBoolean();
            Thread caller = new Thread(() -> {
                try {
                    get(server);
                } catch (UncheckedIOException failure) {
                    seen.set(failure.getCause());
                    flag.set(Thread.currentThread().isInterrupted());
                }
            });
            caller.start();
            assertTrue(reading.await(30, TimeUnit.SECONDS));
            long start = System.nanoTime();
            caller.interrupt();
            caller.join(30_000);
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(5));
            assertEquals(InterruptedIOException.class, seen.get().getClass());
            assertTrue(flag.get());
            assertTrue(server.clientClosed(0), "the socket must not leak");
        }
    }

    @Test
    void send_interruptedBefore_makesNoConnection() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\n\r\n")) {
            Thread.currentThread().interrupt();
            IOException cause = failure(server);
            assertTrue(Thread.interrupted());
            assertEquals(InterruptedIOException.class, cause.getClass());
            assertEquals(0, server.connections());
        }
    }

    @Test
    void send_ipv6Literal_connectsAndNamesItInBrackets() throws IOException {
        ServerSocket listener = null;
        try {
            listener = new ServerSocket(0, 5, InetAddress.getByName("::1"));
        } catch (IOException unsupported) {
            assumeTrue(false, "this machine has no IPv6 loopback");
        }
        try (RawServer server = new RawServer(listener, exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        })) {
            URI uri = URI.create("http://[::1]:" + server.port() + "/");
            assertEquals(200, transport.send(TransportRequest.get(uri).build()).status());
            assertTrue(server.requests().get(0).contains("Host: [::1]:" + server.port() + "\r\n"));
        }
    }

    @Test
    void send_portOutOfRange_isAnIllegalArgument() {
        assertThrows(
                IllegalArgumentException.class,
                () -> transport.send(TransportRequest.get(URI.create("http://127.0.0.1:70000/"))
                        .build()));
    }

    @Test
    void send_startsNoThread() throws IOException {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            get(server);
            List<String> names = Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name ->
                            name.startsWith("Keep-Alive") || name.startsWith("HttpClient") || name.startsWith("signet"))
                    .toList();
            assertEquals(List.of(), names);
        }
    }

    @Test
    void toString_isItsName() {
        assertEquals("SocketHttpTransport", transport.toString());
    }

    private TransportResponse get(RawServer server) {
        return transport.send(TransportRequest.get(server.uri("/")).build());
    }

    private IOException failure(RawServer server) {
        return assertThrows(UncheckedIOException.class, () -> get(server)).getCause();
    }

    private void assertMalformed(String message, RawServer.Script script) throws IOException {
        try (RawServer server = new RawServer(script)) {
            IOException cause = failure(server);
            assertEquals(ProtocolException.class, cause.getClass());
            assertEquals(message, cause.getMessage());
        }
    }

    private void assertTimesOut(URI uri) {
        long start = System.nanoTime();
        UncheckedIOException failure = assertThrows(
                UncheckedIOException.class,
                () -> transport.send(TransportRequest.get(uri)
                        .timeout(Duration.ofMillis(400))
                        .build()));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertEquals(SocketTimeoutException.class, failure.getCause().getClass());
        assertEquals("no complete answer within 400 ms", failure.getCause().getMessage());
        assertTrue(millis >= 400 && millis < 5000, millis + " ms");
    }

    private static String text(TransportResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream output = new GZIPOutputStream(packed)) {
            output.write(bytes);
        }
        return packed.toByteArray();
    }
}
