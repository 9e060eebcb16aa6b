// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A private key and its certificate, followed by the certificates of those who issued it. Immutable;
 * {@link #toString()} names the certificate.
 */
final class KeyMaterial {
    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private KeyMaterial(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain;
    }

    /**
     * Finds the certificate of a key and puts its issuers behind it.
     *
     * @param key an RSA key, possibly one that does not leave its hardware
     * @param certificates in any order, unless the key hides its modulus: then its own first
     * @return key and chain
     * @throws IllegalArgumentException if the key is not RSA, or none of the certificates is its own
     */
    static KeyMaterial of(PrivateKey key, List<X509Certificate> certificates) {
        if (!key.getAlgorithm().equals("RSA") && !key.getAlgorithm().equals("RSASSA-PSS")) {
            throw PrivateKeys.notRsa(key.getAlgorithm());
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no certificate; put the application's certificate beside its" + " private key");
        }
        X509Certificate leaf = leaf(key, certificates);
        if (leaf == null) {
            throw new IllegalArgumentException(
                    "the private key belongs to none of the certificates; export both" + " together");
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (X509Certificate next = leaf; next != null && !chain.contains(next); next = issuer(next, certificates)) {
            chain.add(next);
        }
        return new KeyMaterial(key, List.copyOf(chain));
    }

    private static @Nullable X509Certificate leaf(PrivateKey key, List<X509Certificate> certificates) {
        if (!(key instanceof RSAKey known)) {
            return certificates.get(0);
        }
        for (X509Certificate certificate : certificates) {
            if (certificate.getPublicKey() instanceof RSAKey other
                    && other.getModulus().equals(known.getModulus())) {
                return certificate;
            }
        }
        return null;
    }

    private static @Nullable X509Certificate issuer(X509Certificate of, List<X509Certificate> certificates) {
        for (X509Certificate certificate : certificates) {
            if (certificate.getSubjectX500Principal().equals(of.getIssuerX500Principal())) {
                return certificate;
            }
        }
        return null;
    }

    /**
     * The private key.
     *
     * @return an RSA key
     */
    PrivateKey key() {
        return key;
    }

    /**
     * The key's certificate and, behind it, those of its issuers as far as they are known.
     *
     * @return at least one
     */
    List<X509Certificate> chain() {
        return chain;
    }

    @Override
    public String toString() {
        return "KeyMaterial[" + chain.get(0).getSubjectX500Principal().getName() + "]";
    }
}
