// SPDX-License-Identifier: MIT
package dev.signet.identity.msal.internal;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Has MSAL work on the thread that waits for it, so that an interrupt reaches the network and no thread is needed. A
 * task cannot run while it is submitted: MSAL's device code flow looks at the future that the submission returns.
 */
final class CallerExecutor extends AbstractExecutorService {
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    /** Runs what was submitted, then gives the result. */
    <T> T result(CompletableFuture<T> future) {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        return future.join();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void shutdown() {
        // there is no thread to end
    }

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
