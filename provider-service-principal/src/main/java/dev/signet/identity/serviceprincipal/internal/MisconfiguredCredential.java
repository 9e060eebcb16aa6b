// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal.internal;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.Explainable;
import dev.signet.identity.spi.Readiness;

/** Stands for a credential whose settings are wrong, and says so whenever it is asked. */
final class MisconfiguredCredential implements TokenCredential, Explainable {
    private final String name;
    private final IllegalArgumentException wrong;

    MisconfiguredCredential(String name, IllegalArgumentException wrong) {
        this.name = name;
        this.wrong = wrong;
    }

    @Override
    public AccessToken getToken(TokenRequestContext request) {
        throw new ClientAuthenticationException(
                FailureDetails.rejected(name, String.valueOf(wrong.getMessage()))
                        .outcome(Outcome.MISCONFIGURED)
                        .build(),
                wrong);
    }

    @Override
    public Readiness explain() {
        return new Readiness(Readiness.Status.MISCONFIGURED, String.valueOf(wrong.getMessage()), "");
    }

    @Override
    public String toString() {
        return name;
    }
}
