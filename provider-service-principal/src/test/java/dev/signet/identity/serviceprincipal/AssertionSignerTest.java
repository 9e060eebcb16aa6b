// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.core.JsonObject;
import dev.signet.identity.testkit.TestCertificate;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssertionSignerTest {
    private static final TestCertificate CERTIFICATE = TestCertificate.create("signer");
    private static final URI ENDPOINT = URI.create("https://login.microsoftonline.com/t/oauth2/v2.0/token");
    private static final URI ADFS = URI.create("https://sts.contoso.example/adfs/oauth2/token");

    private static String[] sign(URI endpoint, String clientId) throws GeneralSecurityException {
        KeyMaterial material = KeyMaterial.of(CERTIFICATE.privateKey(), List.of(CERTIFICATE.certificate()));
        return new AssertionSigner(material, false)
                .sign(clientId, endpoint, Instant.parse("2026-01-01T00:00:00Z"))
                .reveal()
                .split("\\.");
    }

    private static JsonObject json(String part) {
        return JsonObject.parse(Base64.getUrlDecoder().decode(part)).orElseThrow();
    }

    private static boolean verified(String[] parts, boolean pss) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(pss ? "RSASSA-PSS" : "SHA256withRSA");
        if (pss) {
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        signature.initVerify(CERTIFICATE.certificate());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    @Test
    void sign_entra_isPs256() throws GeneralSecurityException {
        String[] parts = sign(ENDPOINT, "client");

        assertTrue(verified(parts, true));
        assertEquals(Optional.of("PS256"), json(parts[0]).string("alg"));
        assertEquals(Optional.of("1767225600"), json(parts[1]).scalar("nbf"));
        assertEquals(Optional.of("1767226200"), json(parts[1]).scalar("exp"));
    }

    @Test
    void sign_adfs_isRs256WithTheOldThumbprint() throws GeneralSecurityException {
        String[] parts = sign(ADFS, "client");

        assertTrue(verified(parts, false));
        byte[] thumbprint = MessageDigest.getInstance("SHA-1")
                .digest(CERTIFICATE.certificate().getEncoded());
        assertArrayEquals(
                thumbprint,
                Base64.getUrlDecoder().decode(json(parts[0]).string("x5t").orElseThrow()));
    }

    @Test
    void sign_clientIdWithQuotes_isEscaped() throws GeneralSecurityException {
        assertEquals(
                Optional.of("a\"b\\c\nd"), json(sign(ENDPOINT, "a\"b\\c\nd")[1]).string("iss"));
    }

    @Test
    void sign_keyThatCannotSign_fails() {
        KeyMaterial material = KeyMaterial.of(new OpaqueKey(), List.of(CERTIFICATE.certificate()));
        assertThrows(GeneralSecurityException.class, () -> new AssertionSigner(material, false)
                .sign("client", ENDPOINT, Instant.EPOCH));
    }

    @Test
    void sign_keyWhoseProviderHasNoPss_isRs256() throws GeneralSecurityException {
        Provider hardware = new Hardware();
        Security.addProvider(hardware);
        try {
            KeyMaterial material = KeyMaterial.of(new OpaqueKey(), List.of(CERTIFICATE.certificate()));
            String[] parts = new AssertionSigner(material, false)
                    .sign("client", ENDPOINT, Instant.EPOCH)
                    .reveal()
                    .split("\\.");
            assertEquals(Optional.of("RS256"), json(parts[0]).string("alg"));
            assertEquals(Optional.of(CERTIFICATE.thumbprint()), json(parts[0]).string("x5t#S256"));
            assertTrue(verified(parts, false));
        } finally {
            Security.removeProvider(hardware.getName());
        }
    }

    @Test
    void toString_namesTheCertificate() {
        KeyMaterial material = KeyMaterial.of(new OpaqueKey(), List.of(CERTIFICATE.certificate()));
        assertEquals("AssertionSigner[KeyMaterial[CN=signer]]", new AssertionSigner(material, false).toString());
    }

    /** A key as hardware hands it out, of a provider that is not there. */
    private static final class OpaqueKey implements PrivateKey {
        @Override
        public String getAlgorithm() {
            return "RSA";
        }

        @Override
        public String getFormat() {
            return null;
        }

        @Override
        public byte[] getEncoded() {
            return null;
        }
    }

    /** Signs with keys that never leave it, in the older way only. */
    private static final class Hardware extends Provider {
        Hardware() {
            super("Hardware", "1", "keys of a test");
            putService(
                    new Service(
                            this,
                            "Signature",
                            "SHA256withRSA",
                            Rs256.class.getName(),
                            null,
                            Map.of("SupportedKeyClasses", OpaqueKey.class.getName())) {
                        @Override
                        public Object newInstance(Object parameter) {
                            return new Rs256();
                        }

                        @Override
                        public boolean supportsParameter(Object parameter) {
                            return parameter instanceof OpaqueKey;
                        }
                    });
        }
    }

    private static final class Rs256 extends SignatureSpi {
        private final Signature delegate;

        Rs256() {
            try {
                this.delegate = Signature.getInstance("SHA256withRSA", "SunRsaSign");
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException(missing);
            }
        }

        @Override
        protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
            delegate.initSign(CERTIFICATE.privateKey());
        }

        @Override
        protected void engineInitVerify(PublicKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineUpdate(byte b) throws SignatureException {
            delegate.update(b);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
            delegate.update(bytes, offset, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            return delegate.sign();
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
