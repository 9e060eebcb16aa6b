// SPDX-License-Identifier: MIT
package dev.signet.identity.core.internal;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The moment by which an exchange must be over. */
public final class Deadline {
    private final LongSupplier nanoClock;
    private final long start;
    private final long nanos;

    /**
     * A deadline from now on.
     *
     * @param nanoClock a monotonic clock
     * @param timeout how long from now
     */
    public Deadline(LongSupplier nanoClock, Duration timeout) {
        this.nanoClock = nanoClock;
        this.start = nanoClock.getAsLong();
        this.nanos = timeout.toNanos();
    }

    /**
     * The time left.
     *
     * @return at least one millisecond
     * @throws SocketTimeoutException if there is none
     */
    int remainingMillis() throws SocketTimeoutException {
        long left = nanos - (nanoClock.getAsLong() - start);
        if (left <= 0) {
            throw new SocketTimeoutException("no complete answer within " + nanos / 1_000_000 + " ms");
        }
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, left / 1_000_000));
    }
}
