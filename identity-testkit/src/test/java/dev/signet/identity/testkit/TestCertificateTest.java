// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the certificate maker writes is read by the JDK where it can, and by Bouncy Castle where it cannot. */
class TestCertificateTest {
    private static final BouncyCastleProvider OTHER = new BouncyCastleProvider();
    private static TestCertificate root;
    private static TestCertificate rsa;
    private static TestCertificate elliptic;

    @BeforeAll
    static void make() {
        root = TestCertificate.builder("Root").elliptic().authority().build();
        TestCertificate middle = TestCertificate.builder("Middle")
                .elliptic()
                .authority()
                .issuer(root)
                .build();
        rsa = TestCertificate.builder("rsa").issuer(middle).build();
        elliptic = TestCertificate.builder("elliptic").elliptic().build();
    }

    private static TestCertificate named(String name) {
        return name.equals("rsa") ? rsa : elliptic;
    }

    private static Object read(String pem) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            return parser.readObject();
        }
    }

    @Test
    void chain_ofThree_standsUpToPkix() throws Exception {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root.certificate(), null)));
        parameters.setRevocationEnabled(false);
        List<X509Certificate> path = rsa.chain().subList(0, 2);

        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);

        assertEquals(3, rsa.chain().size());
        assertEquals(root.certificate(), rsa.chain().get(2));
        assertEquals("CN=rsa", rsa.certificate().getSubjectX500Principal().getName());
        assertEquals("CN=Middle", rsa.certificate().getIssuerX500Principal().getName());
        assertEquals(List.of("1.3.6.1.5.5.7.3.2"), rsa.certificate().getExtendedKeyUsage());
        assertNull(rsa.certificate().getSubjectAlternativeNames());
    }

    @Test
    void rsaIssuer_signsWithItsOwnAlgorithm() throws Exception {
        TestCertificate issuer =
                TestCertificate.builder("Issuer").keysOf(rsa).authority().build();
        TestCertificate leaf =
                TestCertificate.builder("leaf").elliptic().issuer(issuer).build();

        leaf.certificate().verify(rsa.certificate().getPublicKey(), OTHER);
        assertEquals("SHA256withRSA", leaf.certificate().getSigAlgName());
        assertEquals(rsa.privateKey(), issuer.privateKey());
        assertNotEquals(rsa.certificate(), issuer.certificate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1949-12-31T23:59:59Z", "1950-01-01T00:00:00Z", "2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z"})
    void validity_isKeptOnEitherSideOfUtcTime(String moment) {
        Instant instant = Instant.parse(moment);

        X509Certificate certificate = TestCertificate.builder("x")
                .keysOf(elliptic)
                .validity(instant, instant.plusSeconds(60))
                .build()
                .certificate();

        assertEquals(Date.from(instant), certificate.getNotBefore());
        assertEquals(Date.from(instant.plusSeconds(60)), certificate.getNotAfter());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "elliptic"})
    void keyPem_isPkcs8(String name) throws Exception {
        Object key = read(named(name).keyPem());

        assertEquals(named(name).privateKey(), new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) key));
        assertTrue(named(name).keyPem().startsWith("-----BEGIN PRIVATE KEY-----\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "elliptic"})
    void traditionalKeyPem_isThatOfTheKind(String name) throws Exception {
        Object key = read(named(name).traditionalKeyPem());

        var pair = new JcaPEMKeyConverter().getKeyPair((PEMKeyPair) key);
        assertEquals(named(name).certificate().getPublicKey(), pair.getPublic());
        assertTrue(signsAlike(pair.getPrivate(), named(name)), "the private key");
        String kind = name.equals("rsa") ? "RSA" : "EC";
        assertTrue(named(name).traditionalKeyPem().startsWith("-----BEGIN " + kind + " PRIVATE KEY-----\n"));
    }

    private static boolean signsAlike(PrivateKey key, TestCertificate certificate) throws Exception {
        String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        byte[] content = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(content);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.certificate());
        signature.update(content);
        return signature.verify(signed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "elliptic"})
    void encryptedKeyPem_opensWithItsPassword(String name) throws Exception {
        PKCS8EncryptedPrivateKeyInfo sealed =
                (PKCS8EncryptedPrivateKeyInfo) read(named(name).encryptedKeyPem("p\u00e4ssword"));

        assertEquals(named(name).privateKey(), open(sealed, "p\u00e4ssword"));
        assertThrows(PKCSException.class, () -> open(sealed, "other"));
    }

    private static PrivateKey open(PKCS8EncryptedPrivateKeyInfo sealed, String password) throws Exception {
        return new JcaPEMKeyConverter()
                .getPrivateKey(sealed.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                        .setProvider(OTHER)
                        .build(password.toCharArray())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "changeit"})
    void pkcs12_hasEveryEntry(String password) throws Exception {
        byte[] bytes = rsa.pkcs12(password, elliptic);
        KeyStore store = KeyStore.getInstance("PKCS12");

        store.load(new ByteArrayInputStream(bytes), password.toCharArray());

        assertEquals(Set.of("elliptic", "rsa"), Set.copyOf(Collections.list(store.aliases())));
        assertEquals(rsa.privateKey(), store.getKey("rsa", password.toCharArray()));
        assertEquals(elliptic.privateKey(), store.getKey("elliptic", password.toCharArray()));
        assertEquals(3, store.getCertificateChain("rsa").length);
        char[] wrong = (password + "x").toCharArray();
        assertThrows(IOException.class, () -> store.load(new ByteArrayInputStream(bytes), wrong));
    }

    @Test
    void pkcs12_isReadByOthers() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12", OTHER);

        store.load(new ByteArrayInputStream(rsa.pkcs12("changeit")), "changeit".toCharArray());

        assertTrue(store.isKeyEntry("rsa"));
        assertEquals(rsa.certificate(), store.getCertificate("rsa"));
    }

    @Test
    void files_holdTheWholeIdentity(@TempDir Path directory) throws Exception {
        Path pem = rsa.writePem(directory.resolve("client.pem"));
        Path store = rsa.writePkcs12(directory.resolve("client.p12"), "changeit");

        assertEquals(rsa.keyPem() + rsa.chainPem(), Files.readString(pem));
        assertTrue(rsa.chainPem().startsWith(rsa.certificatePem()));
        assertEquals(
                rsa.chain(),
                List.copyOf(CertificateFactory.getInstance("X.509")
                        .generateCertificates(
                                new ByteArrayInputStream(rsa.chainPem().getBytes(StandardCharsets.US_ASCII)))));
        assertEquals(
                rsa.certificate(),
                KeyStore.getInstance(store.toFile(), "changeit".toCharArray()).getCertificate("rsa"));
        assertThrows(UncheckedIOException.class, () -> rsa.writePem(directory));
        assertThrows(UncheckedIOException.class, () -> rsa.writePkcs12(directory, "x"));
    }

    @Test
    void thumbprint_isThatOfTheHeader() {
        assertEquals(32, Base64.getUrlDecoder().decode(rsa.thumbprint()).length);
        assertFalse(rsa.thumbprint().contains("="));
        assertEquals("TestCertificate[rsa]", rsa.toString());
    }
}
