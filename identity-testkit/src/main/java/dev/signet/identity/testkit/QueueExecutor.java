// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Keeps tasks until it is told to run them. Thread-safe.
 *
 * @since 0.1.0
 */
public final class QueueExecutor implements Executor {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    /** An executor without tasks. */
    public QueueExecutor() {}

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /**
     * How many tasks wait.
     *
     * @return a count
     */
    public int pending() {
        return tasks.size();
    }

    /**
     * Runs the oldest task on the caller's thread.
     *
     * @return false if there was none
     */
    public boolean runNext() {
        Runnable task = tasks.poll();
        if (task == null) {
            return false;
        }
        task.run();
        return true;
    }

    /**
     * Runs tasks on the caller's thread, those added meanwhile too, until none waits.
     *
     * @return how many ran
     */
    public int runAll() {
        int count = 0;
        while (runNext()) {
            count++;
        }
        return count;
    }
}
