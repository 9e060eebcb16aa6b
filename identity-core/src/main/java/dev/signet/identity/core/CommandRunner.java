// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.core.CommandResult.Ending;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderContext;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs programs, one at a time: no shell on POSIX, no input, a directory in which nobody can plant files, both outputs
 * read apart and bounded, one deadline for all of it, and whatever a program started killed with it. The only place
 * that starts processes. Thread-safe; takes no thread of its own.
 *
 * @since 0.1.0
 */
public final class CommandRunner {
    /** A longer time is for ever, and does not fit a number of nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private final ProviderContext context;
    private final SystemTicker ticker = new SystemTicker();
    private final ReentrantLock turns = new ReentrantLock(true);

    private CommandRunner(ProviderContext context) {
        this.context = context;
    }

    /**
     * A runner whose callers wait for each other.
     *
     * @param context the environment that programs inherit
     * @return a new runner
     */
    public static CommandRunner of(ProviderContext context) {
        return new CommandRunner(context);
    }

    /**
     * Runs a program on the calling thread. Other users of the machine can see its arguments, so none may be secret.
     *
     * @param executable absolute name of the program; on Windows a batch file goes through cmd.exe
     * @param arguments one element each
     * @param variables environment variables to set besides the inherited ones
     * @param timeout the most real time from the wait for its turn to the end of its output
     * @return how it ended and what it wrote
     * @throws IllegalArgumentException if the program is not named absolutely
     */
    public CommandResult run(
            String executable, List<String> arguments, Map<String, String> variables, Duration timeout) {
        long start = ticker.getAsLong();
        long nanos = (timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout).toNanos();
        requireAbsolute(executable);
        try {
            if (!turns.tryLock(nanos, TimeUnit.NANOSECONDS)) {
                return new CommandResult(Ending.TIMED_OUT, since(start), null, null);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new CommandResult(Ending.INTERRUPTED, since(start), null, null);
        }
        try {
            RunningProcess process =
                    new RunningProcess(process(executable, arguments, variables).start(), ticker);
            Ending ending = process.follow(start + nanos);
            return new CommandResult(ending, since(start), process, null);
        } catch (IOException failure) {
            return new CommandResult(Ending.NOT_STARTED, since(start), null, failure);
        } finally {
            turns.unlock();
        }
    }

    /**
     * Starts a program that lives on by itself, such as a browser: its output is not read, and it is neither killed nor
     * waited for beyond the time in which one that does not work says so. Does not wait for its turn.
     *
     * @param executable absolute name of the program
     * @param arguments one element each; other users of the machine can see them
     * @param patience how long to wait for it to fail
     * @return its exit code if it ended within that time
     * @throws IllegalArgumentException if the program is not named absolutely
     * @throws UncheckedIOException if it cannot be started
     * @throws CancellationException if the thread is interrupted; its interrupt flag stays set, the program lives on
     */
    public OptionalInt launch(String executable, List<String> arguments, Duration patience) {
        requireAbsolute(executable);
        try {
            Process process = process(executable, arguments, Map.of())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)
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

    private void requireAbsolute(String executable) {
        if (!ExecutableSearch.isAbsolute(executable, onWindows())) {
            throw new IllegalArgumentException("a program must be named absolutely");
        }
    }

    private boolean onWindows() {
        return OperatingSystem.of(context.environment()) == OperatingSystem.WINDOWS;
    }

    private ProcessBuilder process(String executable, List<String> arguments, Map<String, String> variables)
            throws IOException {
        Environment environment = context.environment();
        boolean windows = onWindows();
        List<String> line = new ArrayList<>();
        line.add(executable);
        line.addAll(arguments);
        String root = windows ? systemRoot(environment) : "";
        ProcessBuilder builder = new ProcessBuilder(windows ? WindowsCommandLine.of(root, line) : line)
                .directory(directory(root))
                .redirectInput(new File(windows ? "NUL" : "/dev/null"));
        Map<String, String> inherited = builder.environment();
        inherited.clear();
        inherited.putAll(environment.variables());
        if (windows) {
            inherited.put("NoDefaultCurrentDirectoryInExePath", "1");
        }
        inherited.putAll(variables);
        return builder;
    }

    /** Where cmd.exe is, and where nobody without rights can put another program. */
    private static String systemRoot(Environment environment) throws IOException {
        for (Map.Entry<String, String> variable : environment.variables().entrySet()) {
            if (variable.getKey().equalsIgnoreCase("SystemRoot")) {
                return variable.getValue();
            }
        }
        throw new IOException("SystemRoot is not set");
    }

    private static File directory(String systemRoot) throws IOException {
        File safe = new File(systemRoot.isEmpty() ? "/bin" : systemRoot + "\\System32");
        if (safe.isDirectory()) {
            return safe;
        }
        if (!systemRoot.isEmpty()) {
            throw new IOException("SystemRoot has no directory System32");
        }
        return new File("/");
    }

    private Duration since(long start) {
        return Duration.ofNanos(ticker.getAsLong() - start);
    }
}
