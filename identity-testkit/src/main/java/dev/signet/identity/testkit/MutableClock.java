// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A clock that stands still until it is told to move, or one that follows the real time at a settable distance.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class MutableClock implements InstantSource {
    private final Lock lock = new ReentrantLock();
    private final InstantSource base;
    private volatile Duration offset = Duration.ZERO;

    private MutableClock(InstantSource base) {
        this.base = base;
    }

    /**
     * A clock that stands at a moment.
     *
     * @param start the moment
     * @return a new clock
     */
    public static MutableClock at(Instant start) {
        return new MutableClock(InstantSource.fixed(start));
    }

    /**
     * A clock that stands at the real time of this call.
     *
     * @return a new clock
     */
    public static MutableClock now() {
        return at(Instant.now());
    }

    /**
     * A clock that goes with the real time, for a cloud that other programs use.
     *
     * @return a new clock
     */
    public static MutableClock ticking() {
        return new MutableClock(InstantSource.system());
    }

    @Override
    public Instant instant() {
        return base.instant().plus(offset);
    }

    /**
     * Moves the clock.
     *
     * @param duration how far; negative moves it back
     */
    public void advance(Duration duration) {
        lock.lock();
        try {
            offset = offset.plus(duration);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sets the clock.
     *
     * @param instant the moment at which it stands, or from which it goes, from now on
     */
    public void set(Instant instant) {
        Objects.requireNonNull(instant);
        lock.lock();
        try {
            offset = Duration.between(base.instant(), instant);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "MutableClock[" + instant() + "]";
    }
}
