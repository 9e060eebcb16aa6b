// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.core.RetryPolicy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What Azure asks of clients of IMDS: growing delays, and patience while the service is being updated (410), which
 * takes up to 70 seconds.
 */
final class ImdsRetryPolicy implements RetryPolicy {
    private static final int RETRIES = 5;
    private static final int RETRIES_WHEN_GONE = 7;

    /** So long that seven of them last 70 seconds even when each is spread to its shortest. */
    private static final Duration DELAY_WHEN_GONE = Duration.ofMillis(12_500);

    private final boolean hurried;

    ImdsRetryPolicy(boolean hurried) {
        this.hurried = hurried;
    }

    @Override
    public @Nullable Duration afterStatus(int status, @Nullable Duration retryAfter, int retries) {
        if (status == 410) {
            return retries < RETRIES_WHEN_GONE ? DELAY_WHEN_GONE : null;
        }
        boolean retryable =
                status == 404 || status == 408 || status == 429 || status == 500 || status == 503 || status == 504;
        return retryable ? delay(retries) : null;
    }

    @Override
    public @Nullable Duration afterFailure(IOException failure, int retries) {
        boolean noConnection = failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || failure instanceof UnknownHostException;
        return hurried && noConnection ? null : delay(retries);
    }

    private static @Nullable Duration delay(int retries) {
        return retries < RETRIES ? Duration.ofSeconds(1L << retries) : null;
    }
}
