// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import dev.signet.identity.AccessToken;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A source that counts its fetches and numbers its tokens: {@code t1}, {@code t2} and so on. */
final class ScriptedSource implements Supplier<AccessToken> {
    final AtomicInteger fetches = new AtomicInteger();
    volatile Duration lifetime = Duration.ofHours(1);
    volatile @Nullable Duration refreshIn;
    volatile @Nullable RuntimeException failure;
    volatile @Nullable Error error;
    volatile Runnable before = () -> {};
    private final SettableClock clock;

    ScriptedSource(SettableClock clock) {
        this.clock = clock;
    }

    @Override
    public AccessToken get() {
        int number = fetches.incrementAndGet();
        before.run();
        if (failure != null) {
            throw failure;
        }
        if (error != null) {
            throw error;
        }
        AccessToken token = AccessToken.of("t" + number, clock.instant().plus(lifetime), "Test");
        return refreshIn == null ? token : token.withRefreshOn(clock.instant().plus(refreshIn));
    }
}
