// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The policy for Entra's endpoints: 408, 429, 500, 502, 503, 504 and lost connections, three retries after 1, 2 and 4
 * seconds. Throttling (429) that says how long it lasts is waited for once, and not at all when it is over a minute.
 */
final class EntraRetryPolicy implements RetryPolicy {
    private static final int THROTTLED = 429;
    private static final StandardRetryPolicy USUAL =
            StandardRetryPolicy.of(new int[] {408, THROTTLED, 500, 502, 503, 504}, 1000, 2000, 4000);

    @Override
    public @Nullable Duration afterStatus(int status, @Nullable Duration retryAfter, int retries) {
        if (status == THROTTLED && retryAfter != null) {
            boolean worthIt = retries == 0 && retryAfter.compareTo(HttpCalls.LONGEST_WAIT) <= 0;
            return worthIt ? retryAfter : null;
        }
        return USUAL.afterStatus(status, retryAfter, retries);
    }

    @Override
    public @Nullable Duration afterFailure(IOException failure, int retries) {
        return USUAL.afterFailure(failure, retries);
    }
}
