// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.AccessToken;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs a walk on another thread and gives up after a time, even when a link ignores everything. The other thread is
 * interrupted then; what it still does has no effect.
 */
final class WalkDeadline {
    private final Walk walk;
    private final AtomicReference<@Nullable Thread> runner = new AtomicReference<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable AccessToken token;
    private volatile @Nullable Throwable failure;

    private WalkDeadline(Walk walk) {
        this.walk = walk;
    }

    static @Nullable AccessToken run(Walk walk, Duration limit, Executor executor) {
        WalkDeadline deadline = new WalkDeadline(walk);
        executor.execute(deadline::work);
        return deadline.await(limit);
    }

    private void work() {
        runner.set(Thread.currentThread());
        try {
            token = walk.run();
        } catch (Throwable thrown) {
            failure = thrown;
        } finally {
            runner.set(null);
            done.countDown();
        }
    }

    private @Nullable AccessToken await(Duration limit) {
        try {
            if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                stop("no answer within the chain's deadline of " + limit.toMillis() + " ms");
                return null;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stop("interrupted while the chain was tried");
            return null;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return token;
    }

    private void stop(String reason) {
        walk.abandon(reason);
        Thread busy = runner.getAndSet(null);
        if (busy != null) {
            busy.interrupt();
        }
    }
}
