// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.UnavailableReason;
import java.util.Set;

/** Failures that a user can end by signing in. */
final class UserFailures {
    private static final Set<String> INTERACTION =
            Set.of("invalid_grant", "interaction_required", "login_required", "consent_required");

    private UserFailures() {}

    /** Whether a refused refresh means that the user must sign in again. */
    static boolean needsUser(ClientAuthenticationException refusal) {
        return refusal.outcome() == Outcome.REJECTED
                && INTERACTION.contains(refusal.details().errorCode().orElse(""));
    }

    /** Nobody is signed in. */
    static AuthenticationRequiredException notSignedIn(String credentialName, TokenRequestContext request) {
        return new AuthenticationRequiredException(
                required(FailureDetails.unavailable(
                        credentialName, UnavailableReason.NOT_SIGNED_IN, "nobody is signed in for this request")),
                request,
                null);
    }

    /** The last sign-in is not enough any more. */
    static AuthenticationRequiredException signInAgain(
            TokenRequestContext request, ClientAuthenticationException refusal) {
        TokenRequestContext repeat = refusal.details()
                .claims()
                .map(claims -> withClaims(request, claims))
                .orElse(request);
        return new AuthenticationRequiredException(
                required(refusal.details().toBuilder().unavailableReason(UnavailableReason.NOT_SIGNED_IN)),
                repeat,
                refusal);
    }

    private static FailureDetails required(FailureDetails.Builder details) {
        return details.outcome(Outcome.INTERACTION_REQUIRED)
                .remedy("Call authenticate() with this exception's request, or allow automatic prompts.")
                .build();
    }

    private static TokenRequestContext withClaims(TokenRequestContext request, String claims) {
        try {
            return request.withClaims(claims);
        } catch (IllegalArgumentException malformed) {
            return request;
        }
    }
}
