// SPDX-License-Identifier: MIT
package dev.signet.identity;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a failure: who failed, why, what the server said, what to do. Immutable and free of secrets.
 *
 * @since 0.1.0
 */
public final class FailureDetails {
    private final Builder facts;

    private FailureDetails(Builder facts) {
        this.facts = facts;
    }

    /**
     * Starts the facts of a refusal.
     *
     * @param credentialName the credential that failed
     * @param reason what was refused or went wrong; a half sentence without a full stop
     * @return a builder with {@link Outcome#REJECTED}
     */
    public static Builder rejected(String credentialName, String reason) {
        return new Builder(credentialName, Outcome.REJECTED, reason);
    }

    /**
     * Starts the facts of an absent prerequisite.
     *
     * @param credentialName the credential that cannot be used
     * @param code the kind of absence
     * @param reason what is absent; a half sentence without a full stop
     * @return a builder with {@link Outcome#UNAVAILABLE}
     */
    public static Builder unavailable(String credentialName, UnavailableReason code, String reason) {
        Builder builder = new Builder(credentialName, Outcome.UNAVAILABLE, reason);
        builder.unavailableReason = Objects.requireNonNull(code);
        return builder;
    }

    /**
     * The credential that failed.
     *
     * @return its name
     */
    public String credentialName() {
        return facts.credentialName;
    }

    /**
     * How a chain reads the failure.
     *
     * @return the outcome
     */
    public Outcome outcome() {
        return facts.outcome;
    }

    /**
     * What was refused or is absent.
     *
     * @return a half sentence
     */
    public String reason() {
        return facts.reason;
    }

    /**
     * What to do next.
     *
     * @return one sentence
     */
    public Optional<String> remedy() {
        return Optional.ofNullable(facts.remedy);
    }

    /**
     * Where to read more.
     *
     * @return a web address
     */
    public Optional<String> link() {
        return Optional.ofNullable(facts.link);
    }

    /**
     * The kind of absence, when the credential is unavailable.
     *
     * @return the reason code
     */
    public Optional<UnavailableReason> unavailableReason() {
        return Optional.ofNullable(facts.unavailableReason);
    }

    /**
     * The {@code error} of the server's answer (RFC 6749 section 5.2).
     *
     * @return for example {@code invalid_client}
     */
    public Optional<String> errorCode() {
        return Optional.ofNullable(facts.errorCode);
    }

    /**
     * The {@code suberror} of Entra's answer.
     *
     * @return for example {@code bad_token}
     */
    public Optional<String> suberror() {
        return Optional.ofNullable(facts.suberror);
    }

    /**
     * The AADSTS numbers of Entra's answer.
     *
     * @return for example 7000215; empty when there was none
     */
    public List<Integer> aadstsCodes() {
        return facts.aadstsCodes;
    }

    /**
     * The correlation id by which the server can be asked about the request.
     *
     * @return as the server or the request named it
     */
    public Optional<String> correlationId() {
        return Optional.ofNullable(facts.correlationId);
    }

    /**
     * The trace id of Entra's answer.
     *
     * @return as the server named it
     */
    public Optional<String> traceId() {
        return Optional.ofNullable(facts.traceId);
    }

    /**
     * The time of Entra's answer, by the server's clock.
     *
     * @return as the server wrote it
     */
    public Optional<String> timestamp() {
        return Optional.ofNullable(facts.timestamp);
    }

    /**
     * The HTTP status of the deciding answer.
     *
     * @return empty when there was no answer
     */
    public OptionalInt httpStatus() {
        return facts.httpStatus == 0 ? OptionalInt.empty() : OptionalInt.of(facts.httpStatus);
    }

    /**
     * How long the server asked to wait before another try.
     *
     * @return the value of {@code Retry-After}
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(facts.retryAfter);
    }

    /**
     * The claims that the server wants in the next request.
     *
     * @return JSON object text
     */
    public Optional<String> claims() {
        return Optional.ofNullable(facts.claims);
    }

    /**
     * The answer's body, shortened and with secrets removed.
     *
     * @return at most 512 characters
     */
    public Optional<String> responseBody() {
        return Optional.ofNullable(facts.responseBody);
    }

    /**
     * What a chain tried.
     *
     * @return one row per credential; empty outside a chain
     */
    public List<Attempt> attempts() {
        return facts.attempts;
    }

    /**
     * The text of the exception: credential, reason, remedy, link.
     *
     * @return one line, or the report of a chain
     */
    public String message() {
        if (facts.report != null) {
            return facts.report;
        }
        StringBuilder text =
                new StringBuilder(facts.credentialName).append(": ").append(facts.reason);
        if (!facts.reason.endsWith(".")) {
            text.append('.');
        }
        if (facts.remedy != null && !facts.remedy.isEmpty()) {
            text.append(' ').append(facts.remedy);
            if (!facts.remedy.endsWith(".")) {
                text.append('.');
            }
        }
        if (facts.link != null) {
            text.append(' ').append(facts.link);
        }
        return text.toString();
    }

    /**
     * Starts a copy with the same facts.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        return new Builder(facts);
    }

    @Override
    public String toString() {
        return message();
    }

    /** Collects the facts of a failure. Not thread-safe. */
    public static final class Builder {
        private final String credentialName;
        private Outcome outcome;
        private String reason;
        private @Nullable String remedy;
        private @Nullable String link;
        private @Nullable UnavailableReason unavailableReason;
        private @Nullable String errorCode;
        private @Nullable String suberror;
        private List<Integer> aadstsCodes = List.of();
        private @Nullable String correlationId;
        private @Nullable String traceId;
        private @Nullable String timestamp;
        private int httpStatus;
        private @Nullable Duration retryAfter;
        private @Nullable String claims;
        private @Nullable String responseBody;
        private List<Attempt> attempts = List.of();
        private @Nullable String report;

        private Builder(String credentialName, Outcome outcome, String reason) {
            this.credentialName = Objects.requireNonNull(credentialName);
            this.outcome = outcome;
            this.reason = Objects.requireNonNull(reason);
        }

        private Builder(Builder other) {
            this.credentialName = other.credentialName;
            this.outcome = other.outcome;
            this.reason = other.reason;
            this.remedy = other.remedy;
            this.link = other.link;
            this.unavailableReason = other.unavailableReason;
            this.errorCode = other.errorCode;
            this.suberror = other.suberror;
            this.aadstsCodes = other.aadstsCodes;
            this.correlationId = other.correlationId;
            this.traceId = other.traceId;
            this.timestamp = other.timestamp;
            this.httpStatus = other.httpStatus;
            this.retryAfter = other.retryAfter;
            this.claims = other.claims;
            this.responseBody = other.responseBody;
            this.attempts = other.attempts;
            this.report = other.report;
        }

        /**
         * Sets how a chain reads the failure.
         *
         * @param outcome the outcome
         * @return this
         */
        public Builder outcome(Outcome outcome) {
            this.outcome = Objects.requireNonNull(outcome);
            return this;
        }

        /**
         * Sets what was refused or is absent.
         *
         * @param reason a half sentence
         * @return this
         */
        public Builder reason(String reason) {
            this.reason = Objects.requireNonNull(reason);
            return this;
        }

        /**
         * Sets what to do next.
         *
         * @param remedy one sentence
         * @return this
         */
        public Builder remedy(String remedy) {
            this.remedy = Objects.requireNonNull(remedy);
            return this;
        }

        /**
         * Sets where to read more.
         *
         * @param link a web address
         * @return this
         */
        public Builder link(String link) {
            this.link = Objects.requireNonNull(link);
            return this;
        }

        /**
         * Sets the kind of absence.
         *
         * @param code the reason code
         * @return this
         */
        public Builder unavailableReason(UnavailableReason code) {
            this.unavailableReason = Objects.requireNonNull(code);
            return this;
        }

        /**
         * Sets the OAuth error code.
         *
         * @param errorCode for example {@code invalid_client}, or null
         * @return this
         */
        public Builder errorCode(@Nullable String errorCode) {
            this.errorCode = errorCode;
            return this;
        }

        /**
         * Sets Entra's suberror.
         *
         * @param suberror the text, or null
         * @return this
         */
        public Builder suberror(@Nullable String suberror) {
            this.suberror = suberror;
            return this;
        }

        /**
         * Sets the AADSTS numbers.
         *
         * @param codes the numbers
         * @return this
         */
        public Builder aadstsCodes(List<Integer> codes) {
            this.aadstsCodes = List.copyOf(codes);
            return this;
        }

        /**
         * Sets the correlation id.
         *
         * @param correlationId the id, or null
         * @return this
         */
        public Builder correlationId(@Nullable String correlationId) {
            this.correlationId = correlationId;
            return this;
        }

        /**
         * Sets Entra's trace id.
         *
         * @param traceId the id, or null
         * @return this
         */
        public Builder traceId(@Nullable String traceId) {
            this.traceId = traceId;
            return this;
        }

        /**
         * Sets the time of the answer by the server's clock.
         *
         * @param timestamp the text, or null
         * @return this
         */
        public Builder timestamp(@Nullable String timestamp) {
            this.timestamp = timestamp;
            return this;
        }

        /**
         * Sets the HTTP status of the deciding answer.
         *
         * @param httpStatus 100 to 599; 0 for none
         * @return this
         */
        public Builder httpStatus(int httpStatus) {
            this.httpStatus = httpStatus;
            return this;
        }

        /**
         * Sets how long the server asked to wait.
         *
         * @param retryAfter the time, or null
         * @return this
         */
        public Builder retryAfter(@Nullable Duration retryAfter) {
            this.retryAfter = retryAfter;
            return this;
        }

        /**
         * Sets the claims that the server wants.
         *
         * @param claims JSON object text, or null
         * @return this
         */
        public Builder claims(@Nullable String claims) {
            this.claims = claims;
            return this;
        }

        /**
         * Sets the body of the answer.
         *
         * @param responseBody text without secrets, or null
         * @return this
         */
        public Builder responseBody(@Nullable String responseBody) {
            this.responseBody = responseBody;
            return this;
        }

        /**
         * Sets what a chain tried, and the report that becomes the message.
         *
         * @param attempts one row per credential
         * @param report the report as text
         * @return this
         */
        public Builder attempts(List<Attempt> attempts, String report) {
            this.attempts = List.copyOf(attempts);
            this.report = Objects.requireNonNull(report);
            return this;
        }

        /**
         * Makes the facts. The builder may be used again.
         *
         * @return immutable facts
         */
        public FailureDetails build() {
            return new FailureDetails(new Builder(this));
        }
    }
}
