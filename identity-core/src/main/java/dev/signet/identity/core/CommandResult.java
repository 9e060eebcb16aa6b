// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command. Its output may hold a token, so {@link #toString()} does not show it.
 *
 * @since 0.1.0
 */
public final class CommandResult {
    /** How a command ended. */
    public enum Ending {
        /** By itself, with an exit code. */
        EXITED,
        /** Never begun: the program could not be started, or there is no safe directory to start it in. */
        NOT_STARTED,
        /** Killed, or never begun, because its time was up. */
        TIMED_OUT,
        /** Killed, because it wrote more than any token. */
        TOO_MUCH_OUTPUT,
        /** Killed, or never begun, because the calling thread was interrupted; its interrupt flag is set. */
        INTERRUPTED
    }

    private final Ending ending;
    private final Duration duration;
    private final @Nullable RunningProcess process;
    private final @Nullable IOException cause;

    CommandResult(Ending ending, Duration duration, @Nullable RunningProcess process, @Nullable IOException cause) {
        this.ending = ending;
        this.duration = duration;
        this.process = process;
        this.cause = cause;
    }

    /**
     * How the command ended.
     *
     * @return {@link Ending#EXITED} if by itself
     */
    public Ending ending() {
        return ending;
    }

    /**
     * The exit code.
     *
     * @return 0 for success; -1 if it did not exit by itself
     */
    public int exitCode() {
        return process == null || ending != Ending.EXITED ? -1 : process.process.exitValue();
    }

    /**
     * The standard output as text with line feeds, without byte order mark, escape sequences and control characters.
     * May hold a token.
     *
     * @return at most a mebibyte
     */
    public String output() {
        return process == null ? "" : OutputText.decode(process.output.toByteArray());
    }

    /**
     * The standard error output as text in the same way, tokens masked.
     *
     * @return at most 64 KiB
     */
    public String errors() {
        return process == null ? "" : Redaction.scrub(OutputText.decode(process.errors.toByteArray()));
    }

    /**
     * The time from the wait for its turn to the end.
     *
     * @return real time, whatever the context's clock says
     */
    public Duration duration() {
        return duration;
    }

    /**
     * Why it was not started.
     *
     * @return what the system said; empty for any other ending
     */
    public Optional<IOException> cause() {
        return Optional.ofNullable(cause);
    }

    @Override
    public String toString() {
        return "CommandResult[" + ending + ", exit code " + exitCode() + "]";
    }
}
