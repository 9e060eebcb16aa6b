// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.util.concurrent.Executor;

/**
 * Runs each task at once, on the thread that hands it over. Thread-safe.
 *
 * @since 0.1.0
 */
public final class DirectExecutor implements Executor {
    /** An executor without state. */
    public DirectExecutor() {}

    @Override
    public void execute(Runnable task) {
        task.run();
    }
}
