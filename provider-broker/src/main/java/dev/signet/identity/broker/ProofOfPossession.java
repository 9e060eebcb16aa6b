// SPDX-License-Identifier: MIT
package dev.signet.identity.broker;

import dev.signet.identity.broker.internal.brokers.BrokerProof;
import java.net.URI;
import java.util.Objects;

/**
 * The one HTTP request that a proof-of-possession token is good for: a token that somebody steals opens nothing else.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class ProofOfPossession {
    private final BrokerProof proof;

    private ProofOfPossession(BrokerProof proof) {
        this.proof = proof;
    }

    /**
     * A token for a request.
     *
     * @param method the HTTP method, for example {@code GET}
     * @param uri the address of the request, with scheme and host
     * @return the binding
     * @throws IllegalArgumentException if the method is blank or the address has no host
     */
    public static ProofOfPossession of(String method, URI uri) {
        if (method.isBlank() || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "a proof of possession needs the HTTP method and the whole address of the"
                            + " request, such as GET and https://graph.microsoft.com/v1.0/me");
        }
        return new ProofOfPossession(new BrokerProof(method, uri, ""));
    }

    /**
     * The same with what the resource wants to find in the token.
     *
     * @param nonce from the resource's {@code WWW-Authenticate} header
     * @return a new binding
     */
    public ProofOfPossession withNonce(String nonce) {
        return new ProofOfPossession(new BrokerProof(proof.method(), proof.uri(), Objects.requireNonNull(nonce)));
    }

    BrokerProof proof() {
        return proof;
    }

    @Override
    public String toString() {
        return "ProofOfPossession[" + proof.method() + " " + proof.uri().getHost() + "]";
    }
}
