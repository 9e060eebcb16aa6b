// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import java.time.Duration;

/**
 * Waits between retries. Tests give one that only counts.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Sleeper {
    /**
     * Waits.
     *
     * @param duration how long
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its interrupt flag stays set
     */
    void sleep(Duration duration);
}
