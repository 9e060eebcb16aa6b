// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.core.Redaction;
import dev.signet.identity.core.ServerError;

/** Turns what brokers say into our exceptions. All brokers of Microsoft share the numbers of their answers. */
final class BrokerFailures {
    static final int INTERACTION_REQUIRED = 2;
    private static final int NO_NETWORK = 3;
    private static final int NETWORK_TEMPORARILY_UNAVAILABLE = 4;
    private static final int SERVER_TEMPORARILY_UNAVAILABLE = 5;
    private static final int USER_CANCELLED = 7;
    private static final int APPLICATION_CANCELLED = 8;
    private static final int INCORRECT_CONFIGURATION = 9;
    private static final int AUTHORITY_UNTRUSTED = 11;
    private static final int USER_SWITCHED = 12;
    private static final int ACCOUNT_UNUSABLE = 13;
    private static final int ACCOUNT_NOT_FOUND = 16;

    private static final String ANOTHER_CREDENTIAL =
            "Sign in with 'az login' or use InteractiveBrowserCredential instead.";

    private final String credentialName;
    private final String redirectUri;

    /** Failures of a credential, whose applications have a redirect address at this kind of broker. */
    BrokerFailures(String credentialName, String redirectUri) {
        this.credentialName = credentialName;
        this.redirectUri = redirectUri;
    }

    /** There is no broker here. */
    CredentialUnavailableException absent(UnavailableReason code, String reason) {
        return new CredentialUnavailableException(FailureDetails.unavailable(credentialName, code, reason)
                .remedy(ANOTHER_CREDENTIAL)
                .build());
    }

    /** The broker was there, but cannot be used or is gone. */
    CredentialUnavailableException lost(String reason, String correlationId) {
        return new CredentialUnavailableException(
                FailureDetails.unavailable(credentialName, UnavailableReason.NOT_REACHABLE, reason + id(correlationId))
                        .remedy(ANOTHER_CREDENTIAL)
                        .correlationId(correlationId)
                        .build());
    }

    /** There is a broker, but nobody is signed in to it, or it cannot be told who is meant. */
    CredentialUnavailableException noAccount(String reason, String remedy, String correlationId) {
        return new CredentialUnavailableException(
                FailureDetails.unavailable(credentialName, UnavailableReason.NOT_SIGNED_IN, reason + id(correlationId))
                        .remedy(remedy)
                        .correlationId(correlationId)
                        .build());
    }

    /** The broker said nothing that could be understood, or nothing in time. */
    ClientAuthenticationException noAnswer(String reason, String correlationId) {
        return new ClientAuthenticationException(FailureDetails.rejected(credentialName, reason + id(correlationId))
                .outcome(Outcome.TRANSIENT)
                .remedy("Try again; if it stays so, restart the broker or update it.")
                .correlationId(correlationId)
                .build());
    }

    /** The caller does not want to wait any longer. */
    ClientAuthenticationException interrupted(String correlationId) {
        return new ClientAuthenticationException(
                FailureDetails.rejected(credentialName, "interrupted while the broker was asked" + id(correlationId))
                        .outcome(Outcome.CANCELLED)
                        .correlationId(correlationId)
                        .build());
    }

    /** A dialog needs a window that it belongs to. */
    ClientAuthenticationException noWindow(String correlationId) {
        return new ClientAuthenticationException(FailureDetails.rejected(
                        credentialName,
                        "the broker's dialog needs a parent window and there is none" + id(correlationId))
                .outcome(Outcome.MISCONFIGURED)
                .remedy("Set parentWindow to the handle of the application's window.")
                .correlationId(correlationId)
                .build());
    }

    /**
     * The exception for a broker's refusal.
     *
     * @param refusal what the broker said
     * @param request what to repeat once the user has acted
     */
    ClientAuthenticationException of(BrokerRefusal refusal, TokenRequestContext request) {
        FailureDetails.Builder details = FailureDetails.rejected(credentialName, reason(refusal))
                .errorCode("status_" + refusal.status())
                .aadstsCodes(ServerError.aadstsCodes(refusal.context()))
                .correlationId(refusal.correlationId());
        return switch (refusal.status()) {
            case INTERACTION_REQUIRED, ACCOUNT_UNUSABLE ->
                new AuthenticationRequiredException(
                        details.outcome(Outcome.INTERACTION_REQUIRED)
                                .unavailableReason(UnavailableReason.NOT_SIGNED_IN)
                                .remedy(
                                        "Call authenticate() with this exception's request, or allow automatic prompts.")
                                .build(),
                        request,
                        null);
            case ACCOUNT_NOT_FOUND ->
                new CredentialUnavailableException(details.outcome(Outcome.UNAVAILABLE)
                        .unavailableReason(UnavailableReason.NOT_SIGNED_IN)
                        .remedy("Sign in to the machine with a work or school account.")
                        .build());
            case NO_NETWORK, NETWORK_TEMPORARILY_UNAVAILABLE, SERVER_TEMPORARILY_UNAVAILABLE, USER_SWITCHED ->
                new ClientAuthenticationException(
                        details.outcome(Outcome.TRANSIENT).remedy("Try again.").build());
            case APPLICATION_CANCELLED ->
                new ClientAuthenticationException(
                        details.outcome(Outcome.CANCELLED).build());
            case USER_CANCELLED ->
                new ClientAuthenticationException(
                        details.remedy("Ask the user to sign in again.").build());
            case INCORRECT_CONFIGURATION ->
                new ClientAuthenticationException(
                        details.remedy("Register the redirect address " + redirectUri + " with the application.")
                                .build());
            case AUTHORITY_UNTRUSTED ->
                new ClientAuthenticationException(details.remedy("Set authorityHost to a sign-in host of Entra.")
                        .build());
            default ->
                new ClientAuthenticationException(details.remedy("Look for the correlation id in the broker's log.")
                        .build());
        };
    }

    private static String reason(BrokerRefusal refusal) {
        String what =
                switch (refusal.status()) {
                    case INTERACTION_REQUIRED -> "the user must sign in";
                    case NO_NETWORK, NETWORK_TEMPORARILY_UNAVAILABLE -> "the broker has no network";
                    case SERVER_TEMPORARILY_UNAVAILABLE -> "Entra does not answer the broker";
                    case USER_CANCELLED -> "the user cancelled the sign-in";
                    case APPLICATION_CANCELLED -> "the sign-in was cancelled";
                    case INCORRECT_CONFIGURATION -> "the broker does not accept how the application is registered";
                    case AUTHORITY_UNTRUSTED -> "the broker does not trust the sign-in host";
                    case USER_SWITCHED -> "another user signed in than the one who was asked for";
                    case ACCOUNT_UNUSABLE -> "the account at the broker cannot be used any more";
                    case ACCOUNT_NOT_FOUND -> "nobody whom it was asked for is signed in to the broker";
                    default -> "the broker refused with status " + refusal.status();
                };
        return what
                + (refusal.context().isBlank() ? "" : ": " + Redaction.quote(refusal.context()))
                + id(refusal.correlationId());
    }

    /** In the text as well, since that is what ends up in a report. */
    private static String id(String correlationId) {
        return " (correlation id " + correlationId + ")";
    }
}
