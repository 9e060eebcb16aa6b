// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.internal;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key and the certificates that go with it.
 *
 * @param key the key of the first certificate
 * @param chain leaf first
 */
public record ServerIdentity(PrivateKey key, List<X509Certificate> chain) {
    /**
     * The certificate of the key.
     *
     * @return the first of the chain
     */
    public X509Certificate leaf() {
        return chain.get(0);
    }

    @Override
    public String toString() {
        return "ServerIdentity[" + leaf().getSubjectX500Principal().getName() + "]";
    }
}
