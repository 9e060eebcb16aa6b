// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.core.CommandResult.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A process that is being watched: its outputs are asked for what is there instead of read until their end. So one
 * thread serves both, the deadline holds, and a grandchild that keeps an output open delays nothing. When it must not
 * go on, it is killed with all that it started: asked first, since a tool may be writing its files.
 */
final class RunningProcess {
    private static final int MOST_OUTPUT = 1 << 20;
    private static final int MOST_ERRORS = 64 << 10;
    private static final int CHUNK = 16 << 10;

    /** So much at a time, so that a flood does not hide the deadline. */
    private static final int MOST_CHUNKS = 64;

    private static final long SHORTEST_PAUSE_NANOS = 1_000_000;
    private static final long PAUSE_NANOS = 10_000_000;

    /** How long a grandchild may go on writing when the process has ended. */
    private static final long GRACE_NANOS = 200_000_000;

    /** How long a process may take to end when it is asked to. */
    private static final long PATIENCE_NANOS = 400_000_000;

    final Process process;
    private final LongSupplier nanoClock;
    final ByteArrayOutputStream output = new ByteArrayOutputStream();
    final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    RunningProcess(Process process, LongSupplier nanoClock) {
        this.process = process;
        this.nanoClock = nanoClock;
    }

    /** Waits for the end of the process and reads what it writes, until the clock shows the deadline. */
    Ending follow(long deadline) {
        Ending ending = Ending.INTERRUPTED;
        boolean interrupted = false;
        try {
            ending = watch(deadline);
        } catch (InterruptedException caller) {
            interrupted = true;
        } finally {
            if (ending != Ending.EXITED) {
                interrupted |= kill();
            }
            close(process.getInputStream());
            close(process.getErrorStream());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return ending;
    }

    private Ending watch(long deadline) throws InterruptedException {
        long end = deadline;
        long pause = SHORTEST_PAUSE_NANOS;
        boolean exited = false;
        while (true) {
            if (!exited && !process.isAlive()) {
                exited = true;
                end = nanoClock.getAsLong() + GRACE_NANOS;
            }
            // in this order: whatever a process has written is there when it has ended
            boolean more = drain(process.getInputStream(), output, MOST_OUTPUT);
            more |= drain(process.getErrorStream(), errors, MOST_ERRORS);
            if (output.size() > MOST_OUTPUT) {
                return Ending.TOO_MUCH_OUTPUT;
            }
            long left = end - nanoClock.getAsLong();
            if (exited && (!more || left <= 0)) {
                return Ending.EXITED;
            }
            if (left <= 0) {
                return Ending.TIMED_OUT;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (more) {
                pause = SHORTEST_PAUSE_NANOS;
            } else {
                boolean unused = process.waitFor(Math.min(left, pause), TimeUnit.NANOSECONDS);
                pause = Math.min(2 * pause, PAUSE_NANOS);
            }
        }
    }

    /** Takes what is there and keeps the first bytes, one more than the limit; false if there was nothing. */
    private static boolean drain(InputStream input, ByteArrayOutputStream kept, int limit) {
        byte[] chunk = new byte[CHUNK];
        boolean any = false;
        try {
            for (int i = 0; i < MOST_CHUNKS && input.available() > 0; i++) {
                int count = input.read(chunk, 0, Math.min(CHUNK, input.available()));
                kept.write(chunk, 0, Math.max(0, Math.min(count, limit + 1 - kept.size())));
                any = true;
            }
        } catch (IOException closed) {
            return any;
        }
        return any;
    }

    private static void close(InputStream input) {
        try {
            input.close();
        } catch (IOException already) {
            // nothing is left to read
        }
    }

    /**
     * Ends the process and its descendants within a second; true if an interrupt came meanwhile. A child whose parent
     * has died belongs to another one, so each is remembered. Only what is born at the very moment and loses its
     * parent at once can escape.
     */
    private boolean kill() {
        Set<ProcessHandle> tree = new LinkedHashSet<>(List.of(process.toHandle()));
        boolean interrupted = false;
        for (int round = 0; round < 2; round++) {
            for (ProcessHandle member : List.copyOf(tree)) {
                tree.addAll(member.descendants().toList());
            }
            for (ProcessHandle member : tree) {
                boolean unused = round == 0 ? member.destroy() : member.destroyForcibly();
            }
            interrupted |= awaitEnd(tree);
        }
        return interrupted;
    }

    private boolean awaitEnd(Set<ProcessHandle> tree) {
        boolean interrupted = false;
        long end = nanoClock.getAsLong() + PATIENCE_NANOS;
        for (ProcessHandle member : tree) {
            while (isRunning(member) && nanoClock.getAsLong() < end) {
                LockSupport.parkNanos(PAUSE_NANOS);
                interrupted |= Thread.interrupted();
            }
        }
        return interrupted;
    }

    /** One that has ended counts as alive until its parent asks; where nobody does, that is for ever. */
    private static boolean isRunning(ProcessHandle member) {
        return member.isAlive() && member.info().command().isPresent();
    }
}
