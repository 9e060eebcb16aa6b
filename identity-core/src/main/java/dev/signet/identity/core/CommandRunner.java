// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.core.CommandResult.Ending;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderContext;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        Environment environment = context.environment();
        boolean windows = OperatingSystem.of(environment) == OperatingSystem.WINDOWS;
        if (!ExecutableSearch.isAbsolute(executable, windows)) {
            throw new IllegalArgumentException("a program must be named absolutely");
        }
        try {
            if (!turns.tryLock(nanos, TimeUnit.NANOSECONDS)) {
                return new CommandResult(Ending.TIMED_OUT, since(start), null, null);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new CommandResult(Ending.INTERRUPTED, since(start), null, null);
        }
        try {
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
            RunningProcess process = new RunningProcess(builder.start(), ticker);
            Ending ending = process.follow(start + nanos);
            return new CommandResult(ending, since(start), process, null);
        } catch (IOException failure) {
            return new CommandResult(Ending.NOT_STARTED, since(start), null, failure);
        } finally {
            turns.unlock();
        }
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
