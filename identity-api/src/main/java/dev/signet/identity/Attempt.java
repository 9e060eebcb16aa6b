// SPDX-License-Identifier: MIT
package dev.signet.identity;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One row of a chain's report: which credential was tried, how it ended, why and what to do. Immutable and free of
 * secrets.
 *
 * @since 0.1.0
 */
public final class Attempt {
    private final String credentialName;
    private final Outcome outcome;
    private final String reason;
    private final String remedy;
    private final Duration duration;
    private final @Nullable UnavailableReason unavailableReason;
    private final @Nullable Throwable exception;

    private Attempt(
            String credentialName,
            Outcome outcome,
            String reason,
            String remedy,
            Duration duration,
            @Nullable UnavailableReason unavailableReason,
            @Nullable Throwable exception) {
        this.credentialName = credentialName;
        this.outcome = outcome;
        this.reason = reason;
        this.remedy = remedy;
        this.duration = duration;
        this.unavailableReason = unavailableReason;
        this.exception = exception;
    }

    /**
     * An attempt that gave a token.
     *
     * @param credentialName the credential
     * @param duration how long it took
     * @return the row
     */
    public static Attempt succeeded(String credentialName, Duration duration) {
        return new Attempt(
                Objects.requireNonNull(credentialName), Outcome.TOKEN, "token received", "", duration, null, null);
    }

    /**
     * An attempt that failed. Facts are taken from the exception when it is one of ours; any other exception is a
     * {@link Outcome#BUG} of the credential, except {@link IllegalArgumentException} and
     * {@link IllegalStateException}, which tell of a wrong setting, and {@link CancellationException}.
     *
     * @param credentialName the credential
     * @param exception what it threw
     * @param duration how long it took
     * @return the row
     */
    public static Attempt failed(String credentialName, Throwable exception, Duration duration) {
        if (exception instanceof ClientAuthenticationException failure) {
            FailureDetails details = failure.details();
            return new Attempt(
                    credentialName,
                    details.outcome(),
                    oneLine(details.reason()),
                    details.remedy().orElse(""),
                    duration,
                    details.unavailableReason().orElse(null),
                    exception);
        }
        boolean cancelled = exception instanceof CancellationException;
        boolean setting = !cancelled
                && (exception instanceof IllegalArgumentException || exception instanceof IllegalStateException);
        String message = exception.getMessage();
        String text = (setting || cancelled) && message != null
                ? message
                : exception.getClass().getName() + (message == null ? "" : ": " + message);
        return new Attempt(
                credentialName,
                cancelled ? Outcome.CANCELLED : setting ? Outcome.MISCONFIGURED : Outcome.BUG,
                oneLine(text),
                "",
                duration,
                null,
                exception);
    }

    /**
     * The same row with another reading of the outcome, for a chain that knows more than the exception.
     *
     * @param outcome the outcome to show
     * @return a new row
     */
    public Attempt withOutcome(Outcome outcome) {
        return new Attempt(credentialName, outcome, reason, remedy, duration, unavailableReason, exception);
    }

    /**
     * The same row with another reason, for a chain that shortens or masks what an exception said.
     *
     * @param reason the reason to show; made one line
     * @return a new row
     */
    public Attempt withReason(String reason) {
        return new Attempt(credentialName, outcome, oneLine(reason), remedy, duration, unavailableReason, exception);
    }

    /**
     * The name of the credential.
     *
     * @return for example {@code AzureCliCredential}
     */
    public String credentialName() {
        return credentialName;
    }

    /**
     * How the attempt ended.
     *
     * @return the outcome
     */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * Why, in one line.
     *
     * @return text without secrets
     */
    public String reason() {
        return reason;
    }

    /**
     * What to do about it.
     *
     * @return one sentence; empty when there is nothing to do
     */
    public String remedy() {
        return remedy;
    }

    /**
     * How long the attempt took.
     *
     * @return the time between call and answer
     */
    public Duration duration() {
        return duration;
    }

    /**
     * The kind of absence, when the credential is unavailable.
     *
     * @return the reason code
     */
    public Optional<UnavailableReason> unavailableReason() {
        return Optional.ofNullable(unavailableReason);
    }

    /**
     * What the credential threw.
     *
     * @return empty when a token was given
     */
    public Optional<Throwable> exception() {
        return Optional.ofNullable(exception);
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F && c <= 0xA0 || c == 0x2028 || c == 0x2029) {
                gap = line.length() > 0;
            } else {
                if (gap) {
                    line.append(' ');
                    gap = false;
                }
                line.append(c);
            }
        }
        return line.toString();
    }

    @Override
    public String toString() {
        return credentialName + " " + outcome + (reason.isEmpty() ? "" : ": " + reason);
    }
}
