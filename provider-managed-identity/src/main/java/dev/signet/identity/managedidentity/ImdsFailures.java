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
import java.util.List;
import java.util.Locale;

/**
 * The failures of IMDS. Nothing says that its address is really IMDS, so an answer of another kind means that the
 * credential does not apply here.
 */
final class ImdsFailures implements Failures {
    private final SelectedIdentity identity;

    ImdsFailures(SelectedIdentity identity) {
        this.identity = identity;
    }

    @Override
    public ClientAuthenticationException refused(TransportResponse response) {
        int status = response.status();
        ServerError error = ServerError.read(response);
        if (status == 403 && !error.isJson()) {
            return new CredentialUnavailableException(error.addTo(FailureDetails.unavailable(
                            CREDENTIAL,
                            UnavailableReason.UNEXPECTED_ANSWER,
                            "something else than IMDS answers at its address, with " + error.summary()))
                    .remedy("Use another credential: this is not an Azure host.")
                    .build());
        }
        FailureDetails.Builder details =
                FailureDetails.rejected(CREDENTIAL, "IMDS refused the request with " + error.summary());
        error.addTo(details);
        if (status == 400) {
            judgeBadRequest(details, error);
        } else if (status == 429 || status == 500 || status == 503) {
            details.outcome(Outcome.TRANSIENT).remedy("Try again later.");
        } else if (isForeign(status, error)) {
            details.outcome(Outcome.UNAVAILABLE)
                    .unavailableReason(UnavailableReason.UNEXPECTED_ANSWER)
                    .remedy("Check that this is an Azure host and that no proxy answers in the place of IMDS.");
        } else {
            details.remedy("Check that the identity may be used from this host.");
        }
        return new ClientAuthenticationException(details.build());
    }

    @Override
    public ClientAuthenticationException lost(IOException cause) {
        if (cause instanceof ProtocolException) {
            return new ClientAuthenticationException(
                    FailureDetails.rejected(CREDENTIAL, "IMDS gave no proper answer: " + Failures.words(cause))
                            .outcome(Outcome.UNAVAILABLE)
                            .unavailableReason(UnavailableReason.UNEXPECTED_ANSWER)
                            .remedy("Check that this is an Azure host and that no proxy answers in the place of IMDS.")
                            .build(),
                    cause);
        }
        return unreachable(cause);
    }

    /** No network path to IMDS: not an Azure host, as far as anybody can tell. */
    static CredentialUnavailableException unreachable(IOException cause) {
        return new CredentialUnavailableException(
                FailureDetails.unavailable(
                                CREDENTIAL,
                                UnavailableReason.NOT_REACHABLE,
                                "IMDS cannot be reached: " + Failures.words(cause))
                        .remedy("Use this credential on an Azure host with a managed identity.")
                        .build(),
                cause);
    }

    private void judgeBadRequest(FailureDetails.Builder details, ServerError error) {
        List<Integer> codes = error.aadstsCodes();
        if ("invalid_resource".equals(error.code().orElse("")) || codes.contains(500011) || codes.contains(50001)) {
            details.remedy("Check the scope: no resource of that name is known in this tenant.");
            return;
        }
        boolean unknown =
                error.description().orElse("").toLowerCase(Locale.ROOT).contains("identity not found");
        details.outcome(unknown && identity.setInCode() ? Outcome.REJECTED : Outcome.UNAVAILABLE)
                .remedy(
                        unknown && identity.kind() != SelectedIdentity.Kind.NONE
                                ? "Assign " + identity + " to this host, or correct its id."
                                : "Assign an identity to this host; name it when there are several.");
    }

    private static boolean isForeign(int status, ServerError error) {
        boolean statusOfOthers = status < 400 || status == 404 || status == 408 || status == 410 || status == 502;
        return statusOfOthers || status == 504 || !error.isJson();
    }
}
