// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransportResponseTest {
    @Test
    void response_isImmutableAndFindsHeadersInAnyCase() {
        byte[] body = {1, 2};
        TransportResponse response = new TransportResponse(429, Map.of("Retry-After", "7"), body);
        body[0] = 9;
        response.body()[1] = 9;
        assertEquals(429, response.status());
        assertEquals(Optional.of("7"), response.header("retry-AFTER"));
        assertEquals(Optional.empty(), response.header("Location"));
        assertArrayEquals(new byte[] {1, 2}, response.body());
    }

    @Test
    void toString_showsNeitherHeadersNorBody() {
        TransportResponse response = new TransportResponse(200, Map.of("Set-Cookie", "canary"), "canary".getBytes());
        assertEquals("TransportResponse[200, 6 bytes]", response.toString());
    }
}
