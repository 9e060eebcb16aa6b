// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * Signs the assertions by which an application proves itself with a certificate (RFC 7523 section 3, RFC 7519): PS256
 * and {@code x5t#S256} for Entra, RS256 where the key's provider has no PSS; RS256 and {@code x5t} for AD FS.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/certificate-credentials">Format of the assertion</a>
 */
final class AssertionSigner {
    /** How long an assertion is valid: ten minutes. */
    static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final String PS256 = "RSASSA-PSS";
    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();
    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC);

    private final KeyMaterial material;
    private final boolean chainSent;

    /**
     * A signer.
     *
     * @param material key and certificates
     * @param chainSent whether the certificates go into the header, for trust by subject name and issuer
     */
    AssertionSigner(KeyMaterial material, boolean chainSent) {
        this.material = material;
        this.chainSent = chainSent;
    }

    /**
     * Signs an assertion that is valid from now.
     *
     * @param clientId the application
     * @param tokenEndpoint whom the assertion is for
     * @param now the time
     * @return a JSON Web Token; a new one each time
     * @throws GeneralSecurityException if the key's provider cannot sign
     */
    Secret sign(String clientId, URI tokenEndpoint, Instant now) throws GeneralSecurityException {
        boolean adfs = tokenEndpoint.getRawPath().startsWith("/adfs/");
        Signature signature = adfs ? rs256() : strongest();
        String algorithm = signature.getAlgorithm().equals(PS256) ? "PS256" : "RS256";
        String content = encoded(header(algorithm, adfs)) + '.' + encoded(claims(clientId, tokenEndpoint, now));
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return Secret.of(content + '.' + BASE64_URL.encodeToString(signature.sign()));
    }

    /** Keys in hardware may know the older padding only; which one a provider can do shows when it gets the key. */
    private Signature strongest() throws GeneralSecurityException {
        try {
            Signature signature = Signature.getInstance(PS256);
            signature.initSign(material.key());
            signature.setParameter(PSS);
            return signature;
        } catch (GeneralSecurityException | UnsupportedOperationException noPss) {
            return rs256();
        }
    }

    private Signature rs256() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(material.key());
        return signature;
    }

    private String header(String algorithm, boolean adfs) throws GeneralSecurityException {
        byte[] certificate = material.chain().get(0).getEncoded();
        String thumbprint = adfs ? "x5t" : "x5t#S256";
        StringBuilder json = new StringBuilder(512);
        JsonText.member(json, "alg", algorithm);
        JsonText.member(json, "typ", "JWT");
        JsonText.member(
                json,
                thumbprint,
                BASE64_URL.encodeToString(
                        MessageDigest.getInstance(adfs ? "SHA-1" : "SHA-256").digest(certificate)));
        if (chainSent) {
            json.append(",\"x5c\":[");
            String separator = "";
            for (X509Certificate one : material.chain()) {
                json.append(separator)
                        .append('"')
                        .append(Base64.getEncoder().encodeToString(one.getEncoded()))
                        .append('"');
                separator = ",";
            }
            json.append(']');
        }
        return json.append('}').toString();
    }

    private static String claims(String clientId, URI tokenEndpoint, Instant now) {
        StringBuilder json = new StringBuilder(512);
        JsonText.member(json, "aud", tokenEndpoint.toString());
        JsonText.member(json, "iss", clientId);
        JsonText.member(json, "sub", clientId);
        JsonText.member(json, "jti", UUID.randomUUID().toString());
        long seconds = now.getEpochSecond();
        return json.append(",\"nbf\":")
                .append(seconds)
                .append(",\"exp\":")
                .append(seconds + LIFETIME.toSeconds())
                .append('}')
                .toString();
    }

    private static String encoded(String json) {
        return BASE64_URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "AssertionSigner[" + material + "]";
    }
}
