// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.Attempt;
import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the exceptions of a chain. */
final class ChainFailures {
    private ChainFailures() {}

    /** The failure of a walk, with a row for each link; its type and facts are those of the deciding one. */
    static ClientAuthenticationException of(String chainName, Walk walk, ChainReport report) {
        List<Attempt> attempts = report.attempts();
        Attempt deciding = deciding(attempts, walk.stopped());
        Throwable cause = deciding == null ? null : deciding.exception().orElse(null);
        Outcome outcome = deciding == null ? Outcome.UNAVAILABLE : deciding.outcome();
        FailureDetails.Builder facts = FailureDetails.rejected(chainName, "no credential gave a token")
                .outcome(outcome)
                .attempts(attempts, report.toString());
        if (cause instanceof ClientAuthenticationException known) {
            addFacts(facts, known.details());
        }
        ClientAuthenticationException failure = exception(facts.build(), outcome, walk.request(), cause);
        for (Attempt attempt : attempts) {
            Throwable original = attempt.exception().orElse(null);
            if (original != null && original != cause) {
                failure.addSuppressed(original);
            }
        }
        return failure;
    }

    /** The failure of an attempt that was cut short. */
    static ClientAuthenticationException cancelled(String name, String reason) {
        return new ClientAuthenticationException(
                FailureDetails.rejected(name, reason).outcome(Outcome.CANCELLED).build());
    }

    /** The failure of a link that returned null. */
    static ClientAuthenticationException nothing(String name) {
        return new ClientAuthenticationException(FailureDetails.rejected(name, "it returned no token and no failure")
                .outcome(Outcome.BUG)
                .build());
    }

    /** What ended the walk; else the gravest failure; else the first of all. */
    static @Nullable Attempt deciding(List<Attempt> attempts, boolean stopped) {
        if (stopped && !attempts.isEmpty()) {
            return attempts.get(attempts.size() - 1);
        }
        Attempt found = null;
        for (Attempt attempt : attempts) {
            if (found == null || rank(attempt.outcome()) > rank(found.outcome())) {
                found = attempt;
            }
        }
        return found;
    }

    private static int rank(Outcome outcome) {
        return switch (outcome) {
            case TOKEN, UNAVAILABLE -> 0;
            case INTERACTION_REQUIRED -> 1;
            case MISCONFIGURED -> 2;
            case BUG -> 3;
            case TRANSIENT -> 4;
            case REJECTED -> 5;
            case CANCELLED -> 6;
        };
    }

    private static ClientAuthenticationException exception(
            FailureDetails facts, Outcome outcome, TokenRequestContext request, @Nullable Throwable cause) {
        return switch (outcome) {
            case INTERACTION_REQUIRED -> new AuthenticationRequiredException(facts, request, cause);
            case UNAVAILABLE -> new CredentialUnavailableException(facts, cause);
            default -> new ClientAuthenticationException(facts, cause);
        };
    }

    /** Adds what the deciding link and its server said. */
    private static void addFacts(FailureDetails.Builder facts, FailureDetails link) {
        facts.errorCode(link.errorCode().orElse(null))
                .suberror(link.suberror().orElse(null))
                .aadstsCodes(link.aadstsCodes())
                .correlationId(link.correlationId().orElse(null))
                .traceId(link.traceId().orElse(null))
                .timestamp(link.timestamp().orElse(null))
                .httpStatus(link.httpStatus().orElse(0))
                .retryAfter(link.retryAfter().orElse(null))
                .claims(link.claims().orElse(null))
                .responseBody(link.responseBody().orElse(null));
        link.remedy().ifPresent(facts::remedy);
        link.link().ifPresent(facts::link);
        link.unavailableReason().ifPresent(facts::unavailableReason);
    }

    /** A refusal in the words of a link that spoke of absence. */
    static ClientAuthenticationException refusal(ClientAuthenticationException failure) {
        return new ClientAuthenticationException(
                failure.details().toBuilder().outcome(Outcome.REJECTED).build(), failure);
    }
}
