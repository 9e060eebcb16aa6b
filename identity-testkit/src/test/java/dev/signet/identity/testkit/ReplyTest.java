// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTest {
    private static final String REQUEST = "GET /msi/token HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

    private final EmbeddedCloud cloud = EmbeddedCloud.start();
    private final HostedEndpoint endpoint = cloud.appService();

    @AfterEach
    void close() {
        cloud.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", endpoint.uri().getPort());
        socket.setSoTimeout(5000);
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private byte[] exchange(Reply reply) throws IOException {
        endpoint.enqueue(reply);
        try (Socket socket = connect()) {
            return socket.getInputStream().readAllBytes();
        }
    }

    private String text(Reply reply) throws IOException {
        return new String(exchange(reply), StandardCharsets.UTF_8);
    }

    @Test
    void json_isWrittenByteForByte() throws Exception {
        assertEquals(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nX-A: b\r\nContent-Length: 2\r\n\r\n{}",
                text(Reply.json(200, "{}").header("X-A", "b")));
    }

    @Test
    void kinds_haveTheirTypes() throws Exception {
        assertTrue(text(Reply.text(500, "x")).contains("Content-Type: text/plain; charset=utf-8"));
        assertTrue(text(Reply.html(502, "x")).contains("Content-Type: text/html; charset=utf-8"));
        assertFalse(text(Reply.bytes(200, new byte[] {1})).contains("Content-Type"));
        assertEquals("HTTP/1.1 503 Status 503\r\nContent-Length: 0\r\n\r\n", text(Reply.status(503)));
        assertTrue(text(Reply.redirect(URI.create("http://other.example/")))
                .startsWith("HTTP/1.1 302 Found\r\nLocation: http://other.example/\r\n"));
    }

    @Test
    void sequence_isFollowedByStandingReplyThenByNormalAnswers() throws Exception {
        endpoint.enqueue(Reply.status(500), Reply.passThrough());
        endpoint.always(Reply.status(429));

        assertTrue(text(Reply.status(503)).contains(" 500 "), "the first that was enqueued");
        try (Socket socket = connect()) {
            assertTrue(new String(socket.getInputStream().readAllBytes()).contains(" 401 "), "normal: no header");
        }
        try (Socket socket = connect()) {
            assertTrue(new String(socket.getInputStream().readAllBytes()).contains(" 503 "));
        }
        try (Socket socket = connect()) {
            assertTrue(new String(socket.getInputStream().readAllBytes()).contains(" 429 "));
        }
        assertEquals(4, endpoint.requests().size());
        assertEquals(0, endpoint.script().pending());
    }

    @Test
    void reset_isATcpReset() {
        assertThrows(SocketException.class, () -> exchange(Reply.reset()));
    }

    @Test
    void hang_sendsNothingAndEndsWithTheCloud() throws Exception {
        endpoint.enqueue(Reply.hang());
        try (Socket socket = connect()) {
            socket.setSoTimeout(100);
            assertThrows(
                    SocketTimeoutException.class, () -> socket.getInputStream().read());
            cloud.close();
            socket.setSoTimeout(5000);
            int end;
            try {
                end = socket.getInputStream().read();
            } catch (SocketException reset) {
                end = -1;
            }
            assertEquals(-1, end);
        }
    }

    @Test
    void closeMidBody_announcesMoreThanItSends() throws Exception {
        String answer = text(Reply.json(200, "0123456789").closeMidBody());

        assertTrue(answer.contains("Content-Length: 10\r\n"));
        assertTrue(answer.endsWith("\r\n\r\n01234"));
    }

    @Test
    void oversized_isValidJsonOfThatSize() throws Exception {
        String answer = text(Reply.oversized(1 << 20));
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);

        assertEquals(1 << 20, body.length());
        assertTrue(body.startsWith("{\"access_token\":\"oversized\"") && body.endsWith("x\"}"));
        assertThrows(IllegalArgumentException.class, () -> Reply.oversized(10));
    }

    @Test
    void endlessChunked_goesOnAsLongAsSomebodyReads() throws Exception {
        endpoint.enqueue(Reply.endlessChunked());
        try (Socket socket = connect()) {
            InputStream in = socket.getInputStream();
            byte[] start = in.readNBytes(4 << 20);

            assertEquals(4 << 20, start.length);
            String head = new String(Arrays.copyOf(start, 200), StandardCharsets.US_ASCII);
            assertTrue(head.contains("Transfer-Encoding: chunked\r\n\r\n2000\r\n"), head);
        }
    }

    @Test
    void trickle_sendsByteByByte() throws Exception {
        long start = System.nanoTime();
        String answer = text(Reply.bytes(200, "abc".getBytes()).trickleBody(Duration.ofMillis(20)));

        assertTrue(answer.endsWith("abc"));
        assertTrue(System.nanoTime() - start >= 60_000_000L);
    }

    @Test
    void trickle_alsoTheHead() throws Exception {
        long start = System.nanoTime();
        int length = text(Reply.status(200).trickle(Duration.ofMillis(2))).length();

        assertTrue(System.nanoTime() - start >= length * 2_000_000L);
    }

    @Test
    void delay_isReal() throws Exception {
        long start = System.nanoTime();
        text(Reply.status(200).delay(Duration.ofMillis(80)));
        assertTrue(System.nanoTime() - start >= 80_000_000L);
    }

    @Test
    void gate_holdsTheNormalAnswer() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        endpoint.enqueue(Reply.passThrough().heldUntil(gate));
        try (Socket socket = connect()) {
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return new String(socket.getInputStream().readAllBytes());
                } catch (IOException failure) {
                    throw new java.io.UncheckedIOException(failure);
                }
            });
            assertFalse(answer.isDone());
            gate.countDown();
            assertTrue(answer.get(5, TimeUnit.SECONDS).contains(" 401 "));
        }
    }

    @Test
    void gzip_isCompressedAndLabelled() throws Exception {
        byte[] answer = exchange(Reply.json(200, "{\"a\":1}").gzip());
        String head = new String(answer, StandardCharsets.ISO_8859_1);
        int body = head.indexOf("\r\n\r\n") + 4;

        assertTrue(head.contains("Content-Encoding: gzip\r\n"));
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(answer, body, answer.length - body)).readAllBytes();
        assertEquals("{\"a\":1}", new String(plain, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EPOCH_NUMBER | 1586984735",
                "EPOCH_STRING | \"1586984735\"",
                "APP_SERVICE_LINUX | \"4/15/2020 21:05:35 +00:00\"",
                "APP_SERVICE_WINDOWS | \"4/15/2020 9:05:35 PM +00:00\"",
                "ISO_OFFSET | \"2020-04-15T21:05:35.0000000+00:00\"",
                "ISO_ZULU | \"2020-04-15T21:05:35Z\"",
                "SLASHES | \"04/15/2020 21:05:35\"",
                "DASHES | \"2020-04-15 21:05:35\"",
            })
    void expiry_isWrittenInItsFormat(ExpiryFormat format, String json) {
        assertEquals(json, format.json(Instant.ofEpochSecond(1586984735)));
    }

    @Test
    void tokenBody_isMadeOfFields() {
        TokenBody body = TokenBody.of("secret-token")
                .expiresIn(3600)
                .refreshIn(60)
                .with("nested", "{\"a\":[null]}")
                .without("token_type");

        assertEquals(
                "{\"access_token\":\"secret-token\",\"expires_in\":3600,\"refresh_in\":60,\"nested\":{\"a\":[null]}}",
                body.json());
        assertFalse(body.toString().contains("secret-token"));
    }
}
