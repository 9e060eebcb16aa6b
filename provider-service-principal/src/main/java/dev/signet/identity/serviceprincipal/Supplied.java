// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.Secret;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an application's own code gives when it is asked: a secret or an assertion. */
final class Supplied {
    private Supplied() {}

    /**
     * Asks the application's code.
     *
     * @throws ClientAuthenticationException what the code throws, if it is one; else with the code's exception as cause
     */
    static Secret by(String credentialName, String setting, Supplier<? extends @Nullable String> code) {
        String value;
        try {
            value = code.get();
        } catch (ClientAuthenticationException known) {
            throw known;
        } catch (RuntimeException broken) {
            throw failed(credentialName, setting + " threw " + broken.getClass().getSimpleName(), broken);
        }
        if (value == null || value.isBlank()) {
            throw failed(credentialName, setting + " gave nothing", null);
        }
        return Secret.of(value);
    }

    private static ClientAuthenticationException failed(
            String credentialName, String what, @Nullable RuntimeException cause) {
        return new ClientAuthenticationException(
                FailureDetails.rejected(credentialName, what)
                        .outcome(Outcome.MISCONFIGURED)
                        .remedy("Let it return the value, or throw CredentialUnavailableException where there is none.")
                        .build(),
                cause);
    }
}
