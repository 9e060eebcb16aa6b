// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether and when a request is sent again. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public interface RetryPolicy {
    /**
     * Decides after an answer that is not a success.
     *
     * @param status the answer's status
     * @param retryAfter how long it asks to wait, or null; the wait is at least that, up to a minute
     * @param retries how many retries there were
     * @return the least time to wait, or null to give up
     */
    @Nullable
    Duration afterStatus(int status, @Nullable Duration retryAfter, int retries);

    /**
     * Decides after an exchange without a complete answer. Malformed and oversized answers and failed TLS
     * handshakes do not get here: a retry would not help.
     *
     * @param failure why there was none
     * @param retries how many retries there were
     * @return the least time to wait, or null to give up
     */
    @Nullable
    Duration afterFailure(IOException failure, int retries);
}
