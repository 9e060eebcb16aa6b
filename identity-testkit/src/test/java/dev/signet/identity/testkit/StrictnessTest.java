// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StrictnessTest {
    private static final String TARGET =
            "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fx";

    private final EmbeddedCloud cloud = EmbeddedCloud.start();
    private final HostedEndpoint imds = cloud.imds();

    @AfterEach
    void close() {
        cloud.close();
    }

    private String send(String head, String body) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", imds.uri().getPort())) {
            socket.setSoTimeout(5000);
            String text = head.replace("\n", "\r\n") + "\r\n\r\n" + body;
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static Stream<Arguments> deviations() {
        String start = "GET " + TARGET + " HTTP/1.1\nHost: h\nMetadata: true\nConnection: close";
        return Stream.of(
                Arguments.of("body", start + "\nContent-Length: 1", "x", "is a GET with a body"),
                Arguments.of(
                        "chunks", start + "\nTransfer-Encoding: chunked", "0\r\n\r\n", "has header Transfer-Encoding"),
                Arguments.of("expect", start + "\nExpect: 100-continue", "", "has header Expect"),
                Arguments.of("upgrade", start + "\nUpgrade: h2c", "", "has header Upgrade"),
                Arguments.of("twice", start + "\nmetadata: true", "", "has header Metadata more than once"),
                Arguments.of("value", start.replace("true", "True"), "", "has a wrong value in header Metadata"),
                Arguments.of("host", start.replace("Host", "Hose"), "", "lacks header Host"),
                Arguments.of("version", start.replace("HTTP/1.1", "HTTP/1.0"), "", "is not HTTP/1.1"),
                Arguments.of(
                        "encoding", start.replace("%3A", "%zz"), "", "has a query with malformed percent-encoding"),
                Arguments.of(
                        "path", start.replace("/oauth2", ""), "", "is not for path /metadata/identity/oauth2/token"),
                Arguments.of("method", start.replace("GET", "POST"), "", "is not GET"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deviations")
    void request_deviates_isAViolation(String name, String head, String body, String problem) throws Exception {
        send(head, body);

        List<String> problems =
                cloud.violations().stream().map(Violation::problem).toList();
        assertEquals(List.of(problem), problems);
    }

    @Test
    void request_emptyBodyAnnounced_isFine() throws Exception {
        String answer =
                send("GET " + TARGET + " HTTP/1.1\nHost: h\nMetadata: true\nContent-Length: 0\nConnection: close", "");

        assertTrue(answer.startsWith("HTTP/1.1 200 OK"), answer);
        cloud.assertNoViolations();
    }

    @Test
    void request_chunkedBody_isReadToItsEnd() throws Exception {
        String answer = send(
                "POST / HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\nConnection: close",
                "3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n");

        assertTrue(answer.startsWith("HTTP/1.1 405"), answer);
        assertEquals("abcde", imds.lastRequest().bodyText());
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void garbage_isA400AndAViolation(String head, String problem) throws Exception {
        assertTrue(send(head, "").startsWith("HTTP/1.1 400"));
        assertEquals(
                "imds: not an HTTP request: " + problem,
                cloud.violations().get(0).toString());
    }

    static Stream<Arguments> garbage() {
        return Stream.of(
                Arguments.of("hello", "malformed request line"),
                Arguments.of("GET / HTTP/1.1\nno colon", "malformed header"),
                Arguments.of("GET / HTTP/1.1\nContent-Length: x", "malformed length"),
                Arguments.of("GET / HTTP/1.1\nContent-Length: -1", "length out of range"));
    }

    @Test
    void request_isRecordedWhole() throws Exception {
        send("GET /p%20q?a=1&a=2&b=%C3%A9&c HTTP/1.1\nHost: h\nX-One: 1\nx-one: 2\nConnection: close", "");

        RecordedRequest request = imds.lastRequest();
        assertEquals("imds", request.endpoint());
        assertEquals("GET", request.method());
        assertEquals("/p%20q", request.path());
        assertEquals("a=1&a=2&b=%C3%A9&c", request.rawQuery().orElseThrow());
        assertEquals(List.of("1", "2"), request.query().get("a"));
        assertEquals("é", request.query("b").orElseThrow());
        assertEquals("", request.query("c").orElseThrow());
        assertEquals(List.of("1", "2"), request.headers().get("X-ONE"));
        assertEquals("1", request.header("x-One").orElseThrow());
        assertEquals(0, request.body().length);
        assertTrue(request.form().isEmpty() && request.form("a").isEmpty());
        assertTrue(request.serverName().isEmpty());
        assertTrue(request.clientAddress().startsWith("/127.0.0.1:"));
        assertEquals("imds: GET /p%20q", request.toString());
        assertEquals(1, cloud.requests().size());
    }
}
