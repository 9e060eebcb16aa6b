// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.spi.HttpTransport;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A transport for code that must not do I/O: every request fails with {@link AssertionError} and is counted.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class ForbiddenTransport implements HttpTransport {
    private final AtomicInteger calls = new AtomicInteger();

    /** A transport that was not called yet. */
    public ForbiddenTransport() {}

    @Override
    public TransportResponse send(TransportRequest request) {
        calls.incrementAndGet();
        throw new AssertionError("no I/O expected: " + request);
    }

    /**
     * How often a request was tried.
     *
     * @return a count
     */
    public int calls() {
        return calls.get();
    }
}
