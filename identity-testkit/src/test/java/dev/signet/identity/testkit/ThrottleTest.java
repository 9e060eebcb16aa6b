// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThrottleTest {
    private final EmbeddedCloud cloud = EmbeddedCloud.start();
    private final HostedEndpoint imds = cloud.imds();

    @AfterEach
    void close() {
        cloud.close();
    }

    private HttpCalls.Answer ask() throws Exception {
        return HttpCalls.get(
                imds.uri() + "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=r", "Metadata", "true");
    }

    @Test
    void requests_beyondTheLimit_areToldWhenToComeBack() throws Exception {
        imds.throttle(2, Duration.ofSeconds(60));

        assertEquals(200, ask().status());
        cloud.clock().advance(Duration.ofMillis(20_500));
        assertEquals(200, ask().status());
        HttpCalls.Answer refused = ask();
        assertEquals(429, refused.status());
        assertEquals("40", refused.header("Retry-After"));
        cloud.clock().advance(Duration.ofMillis(39_499));
        assertEquals("1", ask().header("Retry-After"));
        cloud.clock().advance(Duration.ofMillis(1));
        assertEquals(200, ask().status());
        assertEquals(200, ask().status());
        assertEquals(429, ask().status());
        cloud.assertNoViolations();
    }

    @Test
    void enqueuedReplies_comeFirstAndDoNotCount() throws Exception {
        imds.throttle(1, Duration.ofSeconds(60));
        imds.always(Reply.status(500));
        imds.enqueue(Reply.status(503));

        assertEquals(503, ask().status());
        assertEquals(500, ask().status());
        assertEquals(429, ask().status());
    }

    @Test
    void reset_endsIt() throws Exception {
        imds.throttle(0, Duration.ofSeconds(60));
        assertEquals(429, ask().status());

        imds.reset();

        assertEquals(200, ask().status());
    }

    @ParameterizedTest
    @CsvSource({"-1, PT1S", "1, PT0S", "1, PT-1S"})
    void limits_thatMakeNoSense_areRefused(int limit, Duration window) {
        assertThrows(IllegalArgumentException.class, () -> imds.throttle(limit, window));
    }
}
