// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A clock that stands still until it is told to move. Thread-safe.
 *
 * @since 0.1.0
 */
public final class MutableClock implements InstantSource {
    private final Lock lock = new ReentrantLock();
    private volatile Instant now;

    private MutableClock(Instant start) {
        this.now = Objects.requireNonNull(start);
    }

    /**
     * A clock that stands at a moment.
     *
     * @param start the moment
     * @return a new clock
     */
    public static MutableClock at(Instant start) {
        return new MutableClock(start);
    }

    /**
     * A clock that stands at the real time of this call.
     *
     * @return a new clock
     */
    public static MutableClock now() {
        return new MutableClock(Instant.now());
    }

    @Override
    public Instant instant() {
        return now;
    }

    /**
     * Moves the clock.
     *
     * @param duration how far; negative moves it back
     */
    public void advance(Duration duration) {
        lock.lock();
        try {
            now = now.plus(duration);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sets the clock.
     *
     * @param instant the moment at which it stands from now on
     */
    public void set(Instant instant) {
        Objects.requireNonNull(instant);
        lock.lock();
        try {
            now = instant;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "MutableClock[" + now + "]";
    }
}
