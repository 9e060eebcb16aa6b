// SPDX-License-Identifier: MIT
package dev.signet.benchmarks.jmh;

import dev.signet.identity.spi.HttpTransport;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An authority without a network, so that thousands of tokens are there in a moment. */
final class MemoryTransport implements HttpTransport {
    @Override
    public TransportResponse send(TransportRequest request) {
        return new TransportResponse(
                200, Map.of("Content-Type", "application/json"), Tenants.TOKEN.getBytes(StandardCharsets.UTF_8));
    }
}
