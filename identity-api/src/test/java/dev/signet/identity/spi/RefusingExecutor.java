// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** An executor that was shut down. */
final class RefusingExecutor implements Executor {
    @Override
    public void execute(Runnable task) {
        throw new RejectedExecutionException("shut down");
    }
}
