// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.Attempt;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.core.Redaction;
import dev.signet.identity.spi.Readiness;
import java.time.Duration;

/** What is made of a link that could not be created, or failed. */
final class LinkFailures {
    private LinkFailures() {}

    /** Keeps our own failures and settings' errors as they are; anything else is a defect of the provider. */
    static RuntimeException of(String name, Throwable failure) {
        if (failure instanceof ClientAuthenticationException
                || failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException) {
            return (RuntimeException) failure;
        }
        return new ClientAuthenticationException(
                FailureDetails.rejected(name, "its provider failed: " + failure)
                        .outcome(Outcome.BUG)
                        .build(),
                failure);
    }

    /** The row of a link that failed, fit to be shown whoever wrote the message. */
    static Attempt attempt(String name, Throwable failure, Duration duration) {
        Attempt attempt = Attempt.failed(name, failure, duration);
        return attempt.withReason(Redaction.quote(attempt.reason()));
    }

    static Readiness readiness(String name, Throwable failure) {
        Attempt attempt = attempt(name, failure, Duration.ZERO);
        Readiness.Status status =
                switch (attempt.outcome()) {
                    case UNAVAILABLE, INTERACTION_REQUIRED -> Readiness.Status.NOT_CONFIGURED;
                    default -> Readiness.Status.MISCONFIGURED;
                };
        return new Readiness(status, attempt.reason(), attempt.remedy());
    }
}
