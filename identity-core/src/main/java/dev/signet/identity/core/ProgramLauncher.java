// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.spi.Environment;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/**
 * Starts programs that live on by themselves, such as a browser: their output is not read, and they are neither killed
 * nor waited for beyond a moment in which one that does not work says so. No shell is involved.
 *
 * @since 0.1.0
 */
public final class ProgramLauncher {
    private ProgramLauncher() {}

    /**
     * Starts a program.
     *
     * @param environment the variables that it inherits
     * @param command absolute file name and arguments, one element each; others on this machine can see them
     * @param patience the time to see whether it fails at once
     * @return its exit code, if it ended by then
     * @throws UncheckedIOException if it cannot be started
     * @throws CancellationException if the thread is interrupted; its interrupt flag stays set, and the program lives on
     */
    public static OptionalInt start(Environment environment, List<String> command, Duration patience) {
        boolean windows = OperatingSystem.of(environment) == OperatingSystem.WINDOWS;
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File(windows ? "NUL" : "/dev/null"))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        Map<String, String> variables = builder.environment();
        variables.clear();
        variables.putAll(environment.variables());
        try {
            Process process = builder.start();
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
                    ? OptionalInt.of(process.exitValue())
                    : OptionalInt.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted while a program was started");
            cancelled.initCause(interrupted);
            throw cancelled;
        }
    }
}
