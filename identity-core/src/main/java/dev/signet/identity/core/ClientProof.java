// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What an application proves itself with: a secret (RFC 6749 section 2.3.1) or a signed assertion (RFC 7523 section
 * 2.2). Immutable; {@link #toString()} does not show it.
 *
 * @since 0.1.0
 */
public final class ClientProof {
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final Secret value;
    private final boolean assertion;

    private ClientProof(Secret value, boolean assertion) {
        this.value = value;
        this.assertion = assertion;
    }

    /**
     * A client secret.
     *
     * @param secret its value
     * @return the proof
     */
    public static ClientProof ofSecret(Secret secret) {
        return new ClientProof(secret, false);
    }

    /**
     * A client assertion.
     *
     * @param assertion a signed JSON Web Token
     * @return the proof
     */
    public static ClientProof ofAssertion(Secret assertion) {
        return new ClientProof(assertion, true);
    }

    void addTo(FormBody form) {
        if (assertion) {
            form.add("client_assertion_type", ASSERTION_TYPE).add("client_assertion", value.reveal());
        } else {
            form.add("client_secret", value.reveal());
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientProof that && assertion == that.assertion && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "ClientProof[" + (assertion ? "assertion" : "secret") + "]";
    }
}
