// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.Attempt;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a chain did for one request: every credential it tried, in order, and what became of it. Immutable;
 * {@link #toString()} is the report as text, one line per credential.
 *
 * @since 0.1.0
 */
public final class ChainReport {
    private final TokenRequestContext request;
    private final List<Attempt> attempts;
    private final List<String> notTried;
    private final Duration duration;
    private final String text;

    ChainReport(
            TokenRequestContext request,
            List<Attempt> attempts,
            List<String> notTried,
            Duration duration,
            String text) {
        this.request = request;
        this.attempts = List.copyOf(attempts);
        this.notTried = List.copyOf(notTried);
        this.duration = duration;
        this.text = text;
    }

    /**
     * What was asked for.
     *
     * @return the request
     */
    public TokenRequestContext request() {
        return request;
    }

    /**
     * The rows of the report; known credentials whose module is absent included.
     *
     * @return in the order of the chain
     */
    public List<Attempt> attempts() {
        return attempts;
    }

    /**
     * The credentials behind the one that ended the walk.
     *
     * @return their names
     */
    public List<String> notTried() {
        return notTried;
    }

    /**
     * The credential that gave the token.
     *
     * @return its name; empty when none did
     */
    public Optional<String> selectedCredentialName() {
        for (Attempt attempt : attempts) {
            if (attempt.outcome() == Outcome.TOKEN) {
                return Optional.of(attempt.credentialName());
            }
        }
        return Optional.empty();
    }

    /**
     * How long the walk took.
     *
     * @return from the first attempt to the last
     */
    public Duration duration() {
        return duration;
    }

    /** The report as text. */
    @Override
    public String toString() {
        return text;
    }
}
