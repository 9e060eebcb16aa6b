// SPDX-License-Identifier: MIT
package dev.signet.identity.core.internal;

import java.io.IOException;
import java.net.ConnectException;
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
            throw over();
        }
        return (int) Math.min(Integer.MAX_VALUE, (left + 999_999) / 1_000_000);
    }

    /**
     * Tells that the time was over, whatever the lower layers made of it: TLS wraps timeouts in its own exceptions.
     *
     * @param failure what ended the exchange
     * @return a {@link SocketTimeoutException} if a timeout led to it after the deadline, else the same
     */
    public IOException explain(IOException failure) {
        if (failure instanceof ConnectException || nanoClock.getAsLong() - start < nanos) {
            return failure;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                SocketTimeoutException timedOut = over();
                timedOut.initCause(failure);
                return timedOut;
            }
        }
        return failure;
    }

    private SocketTimeoutException over() {
        return new SocketTimeoutException("no complete answer within " + nanos / 1_000_000 + " ms");
    }
}
