// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts the requests of a window of time. Not thread-safe: the script's lock guards it. */
final class Throttle {
    private static final String BODY = "{\"error\":\"too_many_requests\",\"error_description\":\"Too many requests\"}";

    private final int limit;
    private final Duration window;
    private int count;
    private @Nullable Instant end;

    Throttle(int limit, Duration window) {
        if (limit < 0 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("a throttle needs a limit from 0 and a positive window");
        }
        this.limit = limit;
        this.window = window;
    }

    /** The refusal of a request, or null where it may pass. */
    @Nullable
    Reply refusal(Instant now) {
        Instant until = end;
        if (until == null || !now.isBefore(until)) {
            until = now.plus(window);
            end = until;
            count = 0;
        }
        if (count < limit) {
            count++;
            return null;
        }
        long seconds = Duration.between(now, until).plusSeconds(1).minusNanos(1).toSeconds(); // rounded up
        return Reply.json(429, BODY).header("Retry-After", Long.toString(seconds));
    }
}
