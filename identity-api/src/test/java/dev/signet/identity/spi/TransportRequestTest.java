// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportRequestTest {
    private static final URI ADDRESS = URI.create("http://127.0.0.1:8080/token?secret=canary");

    @Test
    void get_defaults() {
        TransportRequest request = TransportRequest.get(ADDRESS).build();
        assertEquals("GET", request.method());
        assertEquals(ADDRESS, request.uri());
        assertEquals(0, request.body().length);
        assertTrue(request.headers().isEmpty());
        assertEquals(Duration.ofSeconds(5), request.connectTimeout());
        assertEquals(Duration.ofSeconds(30), request.timeout());
        assertFalse(request.direct());
        assertTrue(request.hostNameVerified());
        assertEquals(Optional.empty(), request.serverName());
        assertEquals(Optional.empty(), request.sslSocketFactory());
    }

    @Test
    void builder_usedAgain_leavesWhatItBuilt() {
        byte[] body = {1, 2};
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        TransportRequest.Builder builder = TransportRequest.post(ADDRESS, "text/plain", body)
                .header("B", "2")
                .header("A", "1")
                .connectTimeout(Duration.ofSeconds(1))
                .timeout(Duration.ofSeconds(2))
                .serverName("name.example")
                .sslSocketFactory(factory)
                .hostNameVerified(false)
                .direct();
        TransportRequest request = builder.build();
        builder.header("C", "3").timeout(Duration.ofSeconds(9));
        body[0] = 9;
        request.body()[0] = 9;
        assertEquals("POST", request.method());
        assertArrayEquals(new byte[] {1, 2}, request.body());
        assertEquals(
                List.of("Content-Type", "B", "A"), List.copyOf(request.headers().keySet()));
        assertEquals(Duration.ofSeconds(1), request.connectTimeout());
        assertEquals(Duration.ofSeconds(2), request.timeout());
        assertEquals(Optional.of("name.example"), request.serverName());
        assertSame(factory, request.sslSocketFactory().orElseThrow());
        assertFalse(request.hostNameVerified());
        assertTrue(request.direct());
        assertThrows(
                UnsupportedOperationException.class, () -> request.headers().put("D", "4"));
    }

    @Test
    void within_shorterTime_changesNothingElse() {
        TransportRequest request = TransportRequest.post(ADDRESS, "text/plain", new byte[1])
                .direct()
                .build();
        assertSame(request, request.within(Duration.ofSeconds(30)));
        TransportRequest shorter = request.within(Duration.ofSeconds(3));
        assertEquals(Duration.ofSeconds(3), shorter.timeout());
        assertEquals(request.headers(), shorter.headers());
        assertEquals("POST", shorter.method());
        assertTrue(shorter.direct());
        assertThrows(IllegalArgumentException.class, () -> request.within(Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nInjected: 1", "a\nb", "a\rb", "a\0b", "a\u007fb", "caf\u00e9", "\u2028"})
    void header_valueThatWouldEndTheHeader_isRefusedWithoutShowingIt(String value) {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> TransportRequest.get(ADDRESS)
                        .header("X-IDENTITY-HEADER", value));
        assertEquals(
                "the value of HTTP header X-IDENTITY-HEADER has control or non-ASCII characters", failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a\r\nb", "\u00e9"})
    void header_malformedName_isRefused(String name) {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> TransportRequest.get(ADDRESS)
                        .header(name, "x"));
        assertEquals("malformed name of an HTTP header", failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/path", "foo", "ftp://h/", "http:///p", "https://user:canary@h/", "mailto:a@b"})
    void get_noPlainHttpAddress_isRefusedWithoutShowingIt(String address) {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> TransportRequest.get(URI.create(address)));
        assertEquals(
                "a request needs an absolute http or https address without user information", failure.getMessage());
    }

    @Test
    void uri_beyondAscii_isEncoded() {
        assertEquals(
                "http://h/caf%C3%A9?q=%C3%A9",
                TransportRequest.get(URI.create("http://h/caf\u00e9?q=\u00e9"))
                        .build()
                        .uri()
                        .toString());
    }

    @Test
    void timeouts_notPositive_areRefused() {
        TransportRequest.Builder builder = TransportRequest.get(ADDRESS);
        assertThrows(IllegalArgumentException.class, () -> builder.timeout(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> builder.connectTimeout(Duration.ofMillis(-1)));
    }

    @Test
    void toString_showsNeitherQueryNorHeadersNorBody() {
        TransportRequest request = TransportRequest.post(ADDRESS, "text/plain", "canary".getBytes())
                .header("secret", "canary")
                .build();
        assertEquals("POST http://127.0.0.1:8080/token", request.toString());
    }
}
