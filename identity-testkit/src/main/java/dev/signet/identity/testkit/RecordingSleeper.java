// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.spi.Sleeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Does not wait: writes down how long it should have, and moves a clock by that much. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RecordingSleeper implements Sleeper {
    private final MutableClock clock;
    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

    /**
     * A sleeper that moves a clock.
     *
     * @param clock the clock
     */
    public RecordingSleeper(MutableClock clock) {
        this.clock = clock;
    }

    @Override
    public void sleep(Duration duration) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted");
        }
        sleeps.add(duration);
        clock.advance(duration);
    }

    /**
     * The waits so far.
     *
     * @return in order
     */
    public List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    /**
     * All waits so far together.
     *
     * @return the sum
     */
    public Duration total() {
        return sleeps.stream().reduce(Duration.ZERO, Duration::plus);
    }

    /** Forgets the waits so far. */
    public void reset() {
        sleeps.clear();
    }
}
