// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.core.ServerError;
import dev.signet.identity.spi.TransportResponse;
import java.io.IOException;
import java.net.ProtocolException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What the failures of a source mean: the exception's type for a credential on its own, its outcome for a chain. */
interface Failures {
    /** The name of the credential. */
    String CREDENTIAL = "ManagedIdentityCredential";

    /** An answer that is no success, after all retries. */
    ClientAuthenticationException refused(TransportResponse response);

    /** No complete answer, after all retries. */
    ClientAuthenticationException lost(IOException cause);

    /** The source cannot give tokens of such an identity. */
    static CredentialUnavailableException unsupported(SourceKind source, SelectedIdentity identity) {
        return new CredentialUnavailableException(FailureDetails.unavailable(
                        CREDENTIAL,
                        UnavailableReason.NOT_SUPPORTED,
                        source.words + " cannot give tokens of " + identity)
                .remedy("Name the identity in a way that this host knows, or leave it out for the host's own.")
                .build());
    }

    /** A variable of the platform has a value that cannot be used: refused on its own, passed by in a chain. */
    static ClientAuthenticationException misconfigured(String reason, String remedy) {
        return new ClientAuthenticationException(FailureDetails.rejected(CREDENTIAL, reason)
                .outcome(Outcome.UNAVAILABLE)
                .unavailableReason(UnavailableReason.NOT_CONFIGURED)
                .remedy(remedy)
                .build());
    }

    /** The source applies, and something about it is wrong. */
    static ClientAuthenticationException rejected(String reason, String remedy, @Nullable Throwable cause) {
        return new ClientAuthenticationException(
                FailureDetails.rejected(CREDENTIAL, reason).remedy(remedy).build(), cause);
    }

    /** Why there was no answer, in words. */
    static String words(IOException cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    /** The failures of all sources but IMDS: the environment says that they are here, so a refusal counts. */
    final class Standard implements Failures {
        private final SourceKind source;

        Standard(SourceKind source) {
            this.source = source;
        }

        @Override
        public ClientAuthenticationException refused(TransportResponse response) {
            ServerError error = ServerError.read(response);
            int status = response.status();
            boolean later = status == 408 || status == 429 || status == 500 || status == 503 || status == 504;
            FailureDetails.Builder details =
                    FailureDetails.rejected(CREDENTIAL, source.words + " refused the request with " + error.summary());
            return new ClientAuthenticationException(error.addTo(details)
                    .outcome(later ? Outcome.TRANSIENT : Outcome.REJECTED)
                    .remedy(
                            later
                                    ? "Try again later."
                                    : "Check that the identity is assigned to this host, and the scope.")
                    .build());
        }

        @Override
        public ClientAuthenticationException lost(IOException cause) {
            boolean answered = cause instanceof ProtocolException || cause instanceof SSLHandshakeException;
            return new ClientAuthenticationException(
                    FailureDetails.rejected(
                                    CREDENTIAL,
                                    "the " + source.words + " endpoint gave no "
                                            + (answered ? "proper answer: " : "answer: ") + words(cause))
                            .outcome(answered ? Outcome.REJECTED : Outcome.TRANSIENT)
                            .remedy("Check that the host's identity endpoint is up.")
                            .build(),
                    cause);
        }
    }
}
