// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Jwt;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a client assertion says about its key: the thumbprint of a certificate and possibly the chain.
 * Thumbprints are read in every encoding that Microsoft's libraries use, the chain also as a single certificate.
 */
final class AssertionHeader {
    private static final int SHA256_BYTES = 32;
    private static final int SHA1_BYTES = 20;

    private final Map<String, @Nullable Object> fields;
    private final byte @Nullable [] sha256;
    private final byte @Nullable [] sha1;
    private final List<X509Certificate> chain;
    private final boolean readableChain;

    AssertionHeader(Jwt assertion) {
        this.fields = assertion.header();
        this.sha256 = digest("x5t#S256", SHA256_BYTES);
        this.sha1 = digest("x5t", SHA1_BYTES);
        List<X509Certificate> read = readChain();
        this.readableChain = read != null;
        this.chain = read == null ? List.of() : read;
    }

    private byte @Nullable [] digest(String name, int length) {
        if (!(fields.get(name) instanceof String text)) {
            return null;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
            return bytes.length == length ? bytes : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private @Nullable List<X509Certificate> readChain() {
        Object given = fields.get("x5c");
        List<?> entries = given instanceof List<?> list ? list : given == null ? List.of() : List.of(given);
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Object entry : entries) {
                byte[] der = Base64.getDecoder().decode(String.valueOf(entry));
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
            return certificates;
        } catch (CertificateException | IllegalArgumentException malformed) {
            return null;
        }
    }

    /** Whether the algorithm is one that Entra accepts. */
    boolean algorithmSupported() {
        return "PS256".equals(fields.get("alg")) || "RS256".equals(fields.get("alg"));
    }

    boolean typed() {
        return "JWT".equals(fields.get("typ"));
    }

    boolean mistyped() {
        return fields.get("typ") != null && !typed();
    }

    boolean namesACertificate() {
        return fields.get("x5t#S256") != null || fields.get("x5t") != null;
    }

    /** Whether a certificate is the one that the header names. */
    boolean names(X509Certificate certificate) {
        return sha256 != null
                ? MessageDigest.isEqual(sha256, digest(certificate, "SHA-256"))
                : sha1 != null && MessageDigest.isEqual(sha1, digest(certificate, "SHA-1"));
    }

    private static byte[] digest(X509Certificate certificate, String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java runtime has no " + algorithm, missing);
        }
    }

    /** The thumbprint as Entra shows it. */
    String thumbprint() {
        byte[] digest = sha256 != null ? sha256 : sha1;
        return digest == null ? "" : HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
    }

    /** The certificates of {@code x5c}, leaf first; none where they are absent or no chain. */
    List<X509Certificate> chain() {
        return linked() ? chain : List.of();
    }

    private boolean linked() {
        for (int i = 1; i < chain.size(); i++) {
            if (!signed(chain.get(i - 1), chain.get(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean signed(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    /** Adds what is wrong with the header, whoever's key it is. */
    void check(RequestCheck check) {
        boolean sha1WithRs256 = sha1 != null && sha256 == null && "RS256".equals(fields.get("alg"));
        check.problem(!algorithmSupported(), "assertion's alg is neither PS256 nor RS256")
                .problem(!typed(), "assertion's typ is not JWT")
                .problem(sha256 == null && !sha1WithRs256, "assertion lacks a well-formed x5t#S256")
                .problem(!readableChain, "assertion's x5c is not made of certificates in standard Base64")
                .problem(!linked(), "assertion's x5c has a certificate that the next one did not sign")
                .problem(
                        !chain.isEmpty() && !names(chain.get(0)),
                        "assertion's x5c does not start with the certificate that x5t#S256 names");
    }
}
