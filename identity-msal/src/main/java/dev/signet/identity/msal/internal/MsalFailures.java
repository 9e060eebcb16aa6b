// SPDX-License-Identifier: MIT
package dev.signet.identity.msal.internal;

import com.microsoft.aad.msal4j.MsalClientException;
import com.microsoft.aad.msal4j.MsalException;
import com.microsoft.aad.msal4j.MsalServiceException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.core.Redaction;
import org.jspecify.annotations.Nullable;

/** Turns what MSAL throws into our exceptions. */
final class MsalFailures {
    private MsalFailures() {}

    /** Whether MSAL only says that its cache has nothing. */
    static boolean isCacheMiss(Throwable failure) {
        for (Throwable inner = failure; inner != null; inner = inner.getCause()) {
            if (inner instanceof MsalClientException client && "cache_miss".equals(client.errorCode())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Our own exception that went through MSAL, else MSAL's complaint in our words. MSAL's exceptions are no causes:
     * their messages may quote an answer with tokens in it.
     *
     * @throws Error what MSAL wrapped
     */
    static RuntimeException ours(String credentialName, RuntimeException failure) {
        Throwable inner = failure;
        MsalException complaint = null;
        while (inner != null) {
            if (inner instanceof ClientAuthenticationException own) {
                return own;
            }
            if (inner instanceof Error error) {
                throw error;
            }
            if (inner instanceof MsalException msal) {
                complaint = msal;
            }
            inner = inner.getCause();
        }
        return new ClientAuthenticationException(details(credentialName, complaint, failure));
    }

    private static FailureDetails details(
            String credentialName, @Nullable MsalException complaint, RuntimeException failure) {
        if (complaint instanceof MsalServiceException service) {
            return FailureDetails.rejected(
                            credentialName,
                            "the user's company refused the sign-in: "
                                    + Redaction.quote(String.valueOf(service.getMessage())))
                    .errorCode(service.errorCode())
                    .remedy("Check the user name and the password.")
                    .build();
        }
        String what = complaint == null || complaint.errorCode() == null ? kind(failure) : complaint.errorCode();
        return FailureDetails.rejected(credentialName, "MSAL could not make use of the answer: " + what)
                .outcome(Outcome.TRANSIENT)
                .remedy("Try again; if it stays so, report it with the log at level debug.")
                .build();
    }

    private static String kind(Throwable failure) {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last.getClass().getSimpleName();
    }

    static ClientAuthenticationException anonymous(String credentialName) {
        return new ClientAuthenticationException(
                FailureDetails.rejected(credentialName, "the answer with the token does not say whose it is")
                        .outcome(Outcome.TRANSIENT)
                        .remedy("Check that AZURE_AUTHORITY_HOST names a sign-in host of Entra.")
                        .build());
    }
}
