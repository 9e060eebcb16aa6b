// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Retries a set of statuses and lost connections with delays from a list, one retry for each.
 *
 * @since 0.1.0
 */
public final class StandardRetryPolicy implements RetryPolicy {
    private final int[] statuses;
    private final long[] delayMillis;

    private StandardRetryPolicy(int[] statuses, long[] delayMillis) {
        this.statuses = statuses;
        this.delayMillis = delayMillis;
    }

    /**
     * The policy for Entra's endpoints: 408, 429, 500, 502, 503, 504 and lost connections, three retries after 1, 2
     * and 4 seconds. Throttling (429) that says how long it lasts is waited for once, and not at all when it is over a
     * minute.
     *
     * @return the policy
     */
    public static RetryPolicy entra() {
        return new EntraRetryPolicy();
    }

    /**
     * A policy of one's own.
     *
     * @param statuses the statuses that are retried
     * @param delayMillis the time before each retry, in milliseconds; as many as there are retries
     * @return the policy
     */
    public static StandardRetryPolicy of(int[] statuses, long... delayMillis) {
        return new StandardRetryPolicy(statuses.clone(), delayMillis.clone());
    }

    @Override
    public @Nullable Duration afterStatus(int status, @Nullable Duration retryAfter, int retries) {
        for (int retried : statuses) {
            if (retried == status) {
                return delay(retries);
            }
        }
        return null;
    }

    @Override
    public @Nullable Duration afterFailure(IOException failure, int retries) {
        return delay(retries);
    }

    private @Nullable Duration delay(int retries) {
        return retries < delayMillis.length ? Duration.ofMillis(delayMillis[retries]) : null;
    }
}
