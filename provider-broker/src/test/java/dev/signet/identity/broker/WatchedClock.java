// SPDX-License-Identifier: MIT
package dev.signet.identity.broker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.testkit.TestContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A clock that can be moved, and that tells when somebody has looked at it since. */
final class WatchedClock implements InstantSource {
    private final TestContext context;
    private final Semaphore looks = new Semaphore(0);

    WatchedClock(TestContext context) {
        this.context = context;
    }

    @Override
    public Instant instant() {
        Instant now = context.clock().instant();
        looks.release();
        return now;
    }

    void advance(Duration duration) {
        context.clock().advance(duration);
        looks.drainPermits();
    }

    /** Waits until somebody has looked after the last move. */
    void awaitLook() throws InterruptedException {
        assertTrue(looks.tryAcquire(30, TimeUnit.SECONDS), "nobody looks at the clock");
    }

    /** The context with this clock. */
    ProviderContext watched() {
        return ContextWith.of(context, "clock", this);
    }
}
