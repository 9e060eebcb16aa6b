// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Runs a program as if it had been started in our place: on the same terminal or pipes, for as long as it likes. It
 * does not outlive us.
 */
final class ChildProcess {
    private ChildProcess() {}

    /**
     * Runs a program to its end.
     *
     * @param variables its whole environment
     * @return its exit code
     * @throws IllegalArgumentException if it cannot be started
     */
    static int run(List<String> command, Map<String, String> variables) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().clear();
        builder.environment().putAll(variables);
        CompletableFuture<Process> started = new CompletableFuture<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started), "signet-exec-end"));
        try {
            Process process = builder.start();
            started.complete(process);
            return process.waitFor();
        } catch (IOException absent) {
            started.cancel(false);
            throw new IllegalArgumentException(
                    command.get(0) + " cannot be started; name a program that is on PATH", absent);
        }
    }

    /** Waits for the start, too: we may be told to stop while the program is being started. */
    private static void stop(CompletableFuture<Process> started) {
        try {
            Process process = started.get();
            process.destroy();
            process.waitFor();
        } catch (CancellationException | ExecutionException neverStarted) {
            // nothing to stop
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
