// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.core.ClientProof;
import dev.signet.identity.core.ClientProofSource;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Signs an assertion for each request, with the certificate as it is at that time. */
final class CertificateProofs implements ClientProofSource {
    /** Clocks differ; a certificate that starts within this time is taken for valid: {@value} seconds. */
    private static final long SKEW_SECONDS = 300;

    private final String credentialName;
    private final boolean chainSent;
    private final InstantSource clock;
    private final @Nullable KeyMaterial material;
    private final @Nullable CertificateFile file;

    /**
     * Proofs by a certificate.
     *
     * @throws IllegalArgumentException if it is given as bytes that cannot be used
     */
    CertificateProofs(String credentialName, ClientCertificate certificate, InstantSource clock) {
        this.credentialName = credentialName;
        this.chainSent = certificate.chainSent();
        this.clock = clock;
        try {
            this.material = certificate.material();
        } catch (IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    credentialName + ": certificate: " + unusable.getMessage(), unusable.getCause());
        }
        this.file = CertificateFile.of(credentialName, certificate);
    }

    @Override
    public ClientProof current(String clientId, URI tokenEndpoint) {
        Instant now = clock.instant();
        KeyMaterial current = file == null ? material : file.material();
        if (current == null) {
            throw new IllegalStateException("a certificate is a file, bytes or a key");
        }
        X509Certificate certificate = current.chain().get(0);
        Instant end = certificate.getNotAfter().toInstant();
        Instant start = certificate.getNotBefore().toInstant();
        if (now.isAfter(end)) {
            throw misconfigured("the certificate expired at " + end, "Renew it and register the new one.");
        }
        if (now.plusSeconds(SKEW_SECONDS).isBefore(start)) {
            throw misconfigured(
                    "the certificate is not valid before " + start, "Check the clock of this machine, or wait.");
        }
        try {
            return ClientProof.ofAssertion(new AssertionSigner(current, chainSent).sign(clientId, tokenEndpoint, now));
        } catch (GeneralSecurityException broken) {
            throw new ClientAuthenticationException(
                    FailureDetails.rejected(credentialName, "the private key cannot sign")
                            .outcome(Outcome.MISCONFIGURED)
                            .remedy("Check that its provider offers SHA256withRSA or RSASSA-PSS.")
                            .build(),
                    broken);
        }
    }

    private ClientAuthenticationException misconfigured(String what, String remedy) {
        return new ClientAuthenticationException(FailureDetails.rejected(credentialName, what)
                .outcome(Outcome.MISCONFIGURED)
                .remedy(remedy)
                .build());
    }

    @Override
    public String toString() {
        return "CertificateProofs[" + (file == null ? material : file) + "]";
    }
}
