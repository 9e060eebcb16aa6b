// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a walk on another thread and gives up after a time, even when a link ignores everything. The other thread is
 * interrupted then; what it still does has no effect.
 */
final class WalkDeadline {
    private final Walk walk;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Object lock = new Object();
    private @Nullable Thread runner;
    private boolean interrupted;
    private volatile @Nullable Throwable failure;

    private WalkDeadline(Walk walk) {
        this.walk = walk;
    }

    /** Runs a walk; it is over when this returns. */
    static void run(Walk walk, Duration limit, Executor executor) {
        WalkDeadline deadline = new WalkDeadline(walk);
        executor.execute(deadline::work);
        deadline.await(limit);
    }

    private void work() {
        synchronized (lock) {
            runner = Thread.currentThread();
        }
        try {
            walk.run();
        } catch (Throwable thrown) {
            failure = thrown;
        } finally {
            leave();
            done.countDown();
        }
    }

    /** The thread may be lent: the interrupt was meant for the walk and does not outlast it. */
    private void leave() {
        synchronized (lock) {
            runner = null;
            if (interrupted) {
                boolean unused = Thread.interrupted();
            }
        }
    }

    private void await(Duration limit) {
        try {
            if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                stop("no answer within the chain's deadline", true);
            }
        } catch (InterruptedException caller) {
            Thread.currentThread().interrupt();
            stop("interrupted while the chain was tried", false);
        }
        Throwable thrown = failure;
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void stop(String reason, boolean late) {
        walk.abandon(reason, late);
        synchronized (lock) {
            if (runner != null) {
                interrupted = true;
                runner.interrupt();
            }
        }
    }
}
