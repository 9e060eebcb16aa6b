// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.core.JsonObject;
import dev.signet.identity.testkit.TestCertificate;
import dev.signet.identity.testkit.TestContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows CE01 to CE12: an application with a certificate. The embedded authority verifies every assertion. */
class CertificateCredentialTest extends ApplicationFixture {
    static final TestCertificate ROOT =
            TestCertificate.builder("Root").authority().build();
    static final TestCertificate INTERMEDIATE =
            TestCertificate.builder("Intermediate").authority().issuer(ROOT).build();
    static final TestCertificate LEAF =
            TestCertificate.builder("leaf").issuer(INTERMEDIATE).build();
    static final TestCertificate SINGLE = TestCertificate.create("single");
    private static final TestCertificate ELLIPTIC =
            TestCertificate.builder("elliptic").elliptic().build();

    @TempDir
    Path directory;

    private CertificateCredential.Builder builder(ClientCertificate certificate) {
        return CertificateCredential.builder()
                .tenantId(TENANT)
                .clientId(CLIENT_ID)
                .certificate(certificate)
                .context(context);
    }

    private void accept(TestCertificate certificate) {
        register(application().certificate(certificate.certificate()));
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("certificate"), content);
    }

    private static ClientCertificate pem(String text) {
        return ClientCertificate.ofBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private JsonObject header(int index) {
        return part(index, 0);
    }

    private JsonObject claims(int index) {
        return part(index, 1);
    }

    private JsonObject part(int index, int part) {
        String assertion = request(index).form("client_assertion").orElseThrow();
        return JsonObject.parse(Base64.getUrlDecoder().decode(assertion.split("\\.")[part]))
                .orElseThrow();
    }

    @Test
    @DisplayName("CE01 PEM with PKCS#8")
    void getToken_pem_signsWhatEntraAsksFor() throws IOException {
        accept(SINGLE);
        builder(ClientCertificate.ofFile(file(SINGLE.pem()))).build().getToken(REQUEST);

        assertEquals(
                List.of("client_assertion", "client_assertion_type", "client_id", "grant_type", "scope"),
                request(0).form().keySet().stream().sorted().toList());
        assertEquals(
                Optional.of("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                request(0).form("client_assertion_type"));
        assertEquals(Optional.of("PS256"), header(0).string("alg"));
        assertEquals(Optional.of("JWT"), header(0).string("typ"));
        assertEquals(Optional.of(SINGLE.thumbprint()), header(0).string("x5t#S256"));
        assertFalse(header(0).has("x5c"));
        assertEquals(
                Optional.of("https://login.microsoftonline.com/" + TENANT + "/oauth2/v2.0/token"),
                claims(0).string("aud"));
        assertEquals(Optional.of(CLIENT_ID), claims(0).string("iss"));
        assertEquals(Optional.of(CLIENT_ID), claims(0).string("sub"));
        long start = Long.parseLong(claims(0).scalar("nbf").orElseThrow());
        assertEquals(cloud.clock().instant().getEpochSecond(), start);
        assertEquals(Optional.of(Long.toString(start + 600)), claims(0).scalar("exp"));
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                argumentSet("CE01 PKCS#8", pem(SINGLE.pem())),
                argumentSet("CE03 PKCS#1", pem(SINGLE.traditionalKeyPem() + SINGLE.certificatePem())),
                argumentSet(
                        "CE04 encrypted PKCS#8",
                        pem(SINGLE.encryptedKeyPem("pa$$ wörd") + SINGLE.certificatePem())
                                .withPassword("pa$$ wörd")),
                argumentSet(
                        "CE05 PKCS#12",
                        ClientCertificate.ofBytes(SINGLE.pkcs12("pa$$")).withPassword("pa$$")),
                argumentSet("CE05 PKCS#12 without a password", ClientCertificate.ofBytes(SINGLE.pkcs12(""))),
                argumentSet(
                        "CE06 PKCS#12 with two keys and an alias",
                        ClientCertificate.ofBytes(SINGLE.pkcs12("x", LEAF))
                                .withPassword("x")
                                .withAlias("single")),
                argumentSet(
                        "a key of the JVM", ClientCertificate.of(SINGLE.privateKey(), List.of(SINGLE.certificate()))),
                argumentSet("text around the blocks", pem("Bag Attributes\n" + SINGLE.pem() + "\nthat was it\n")),
                argumentSet("line ends of Windows", pem(SINGLE.pem().replace("\n", "\r\n"))));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void getToken_form_isRead(ClientCertificate certificate) {
        accept(SINGLE);

        assertEquals(
                "CertificateCredential",
                builder(certificate).build().getToken(REQUEST).credentialName());
        assertEquals(Optional.of(SINGLE.thumbprint()), header(0).string("x5t#S256"));
    }

    @Test
    @DisplayName("CE02 trust by subject and issuer")
    void getToken_chainSent_isLeafFirst() throws IOException {
        register(application().trustedSubject("CN=leaf", ROOT.certificate()));
        Path file = file(LEAF.keyPem() + ROOT.certificatePem() + LEAF.certificatePem() + INTERMEDIATE.certificatePem());
        builder(ClientCertificate.ofFile(file).withChainSent()).build().getToken(REQUEST);

        assertEquals(
                List.of(base64(LEAF), base64(INTERMEDIATE), base64(ROOT)),
                header(0).strings("x5c"));
    }

    private static String base64(TestCertificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.certificate().getEncoded());
        } catch (java.security.cert.CertificateEncodingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    @DisplayName("CE09 root before leaf")
    void getToken_rootFirst_findsTheKeysOwnCertificate() {
        accept(LEAF);
        builder(pem(LEAF.keyPem() + ROOT.certificatePem() + LEAF.certificatePem()))
                .build()
                .getToken(REQUEST);

        assertEquals(Optional.of(LEAF.thumbprint()), header(0).string("x5t#S256"));
    }

    @Test
    @DisplayName("CE10 each request its own assertion")
    void getToken_twoRequests_haveTwoAssertions() {
        accept(SINGLE);
        CertificateCredential credential = builder(pem(SINGLE.pem())).build();
        credential.getToken(REQUEST);
        context.clock().advance(Duration.ofSeconds(5));
        credential.clearCache();
        credential.getToken(REQUEST);

        assertNotEquals(claims(0).string("jti"), claims(1).string("jti"));
    }

    @Test
    @DisplayName("CE11 another tenant")
    void getToken_otherTenant_isTheAudienceToo() {
        accept(SINGLE);
        builder(pem(SINGLE.pem()))
                .additionallyAllowedTenants(List.of("*"))
                .build()
                .getToken(REQUEST.withTenantId(OTHER_TENANT));

        assertEquals("/" + OTHER_TENANT + "/oauth2/v2.0/token", request(0).path());
        assertEquals(
                Optional.of("https://login.microsoftonline.com/" + OTHER_TENANT + "/oauth2/v2.0/token"),
                claims(0).string("aud"));
    }

    @Test
    @DisplayName("RG01 the audience stays global")
    void getToken_region_signsForTheGlobalEndpoint() {
        accept(SINGLE);
        builder(pem(SINGLE.pem())).regionalAuthority("westus2").build().getToken(REQUEST);

        assertEquals("westus2.login.microsoft.com", request(0).host());
        assertEquals(
                Optional.of("https://login.microsoftonline.com/" + TENANT + "/oauth2/v2.0/token"),
                claims(0).string("aud"));
    }

    @Test
    void getToken_adfs_signsInTheOldWay() {
        accept(SINGLE);
        cloud.allowViolations();
        routes.route("sts.contoso.example", cloud.authority());
        CertificateCredential credential = builder(pem(SINGLE.pem()))
                .authorityHost("sts.contoso.example")
                .tenantId("adfs")
                .build();
        try {
            credential.getToken(REQUEST);
        } catch (ClientAuthenticationException refused) {
            // whether the authority takes it is not what this is about
        }

        assertEquals(Optional.of("RS256"), header(0).string("alg"));
        assertTrue(header(0).has("x5t"));
        assertFalse(header(0).has("x5t#S256"));
        assertEquals(
                Optional.of("https://sts.contoso.example/adfs/oauth2/token"),
                claims(0).string("aud"));
    }

    static Stream<Arguments> unusable() {
        String two = LEAF.keyPem() + SINGLE.keyPem() + LEAF.certificatePem();
        return Stream.of(
                bad(
                        "CE04 wrong password",
                        pem(SINGLE.encryptedKeyPem("right") + SINGLE.certificatePem())
                                .withPassword("wr0ng"),
                        "the password of the key is wrong"),
                bad(
                        "CE04 no password",
                        pem(SINGLE.encryptedKeyPem("right") + SINGLE.certificatePem()),
                        "the key is encrypted and no password is set; set it with withPassword or"
                                + " AZURE_CLIENT_CERTIFICATE_PASSWORD"),
                bad(
                        "CE06 two key entries",
                        ClientCertificate.ofBytes(SINGLE.pkcs12("x", LEAF)).withPassword("x"),
                        "there are several private keys, leaf, single; choose one with withAlias"),
                bad(
                        "CE06 EC key in SEC 1",
                        pem(ELLIPTIC.traditionalKeyPem() + ELLIPTIC.certificatePem()),
                        "an RSA key is needed, this one is EC; make a certificate with an RSA key"),
                bad(
                        "CE06 EC key in PKCS#8",
                        pem(ELLIPTIC.pem()),
                        "an RSA key is needed, this one is EC; make a certificate with an RSA key"),
                bad(
                        "CE06 no key",
                        pem(SINGLE.certificatePem()),
                        "there is no private key; append it to the certificate as a PRIVATE KEY block"),
                bad(
                        "CE06 no certificate",
                        pem(SINGLE.keyPem()),
                        "there is no certificate; put the application's certificate beside its private key"),
                bad("several keys", pem(two), "there are several private keys; keep the application's own only"),
                bad(
                        "key of another certificate",
                        pem(SINGLE.keyPem() + LEAF.certificatePem()),
                        "the private key belongs to none of the certificates; export both together"),
                bad(
                        "PKCS#12 with a wrong password",
                        ClientCertificate.ofBytes(SINGLE.pkcs12("right")).withPassword("wr0ng"),
                        "the password of the store is wrong"),
                bad(
                        "PKCS#12 without its password",
                        ClientCertificate.ofBytes(SINGLE.pkcs12("right")),
                        "the store needs a password and none is set; set it with withPassword or"
                                + " AZURE_CLIENT_CERTIFICATE_PASSWORD"),
                bad(
                        "PKCS#12 without the alias",
                        ClientCertificate.ofBytes(SINGLE.pkcs12("x", LEAF))
                                .withPassword("x")
                                .withAlias("other"),
                        "there is no private key named other; there are leaf, single"),
                bad(
                        "neither form",
                        pem("hello"),
                        "neither PEM nor PKCS#12 can be read there; export key and certificate again"),
                bad("cut off", pem(SINGLE.pem().substring(0, 200)), "a PEM block is cut off; export the file again"),
                bad(
                        "damaged key",
                        pem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n" + SINGLE.certificatePem()),
                        "the private key cannot be read; export it again as PKCS#8 with 'openssl pkcs8 -topk8'"),
                bad(
                        "damaged certificate",
                        pem(SINGLE.keyPem() + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
                        "a certificate cannot be read; export it again"),
                bad(
                        "encrypted by old OpenSSL",
                        pem(
                                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n"
                                        + "-----END RSA PRIVATE KEY-----\n"),
                        "the key is encrypted in the old way of OpenSSL; convert it with 'openssl pkcs8 -topk8' and keep"
                                + " the password"),
                bad(
                        "unknown kind of key",
                        pem("-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----\n"),
                        "the PEM block DSA PRIVATE KEY is not known; an RSA key in PKCS#8 or PKCS#1 is needed"));
    }

    /** What a wrong password leaves when the padding happens to look right, made with the right one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 300})
    void build_decryptedContentIsNoKey_isToldAsAWrongPassword(int length) throws Exception {
        Cipher cipher = Cipher.getInstance("PBEWithSHA1AndDESede");
        SecretKey key = SecretKeyFactory.getInstance("PBEWithSHA1AndDESede")
                .generateSecret(new PBEKeySpec("right".toCharArray()));
        cipher.init(Cipher.ENCRYPT_MODE, key, new PBEParameterSpec(new byte[16], 1_000));
        byte[] garbage = new byte[length];
        Arrays.fill(garbage, (byte) 0x30);
        byte[] encrypted = new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(garbage)).getEncoded();
        String pem = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(encrypted)
                + "\n-----END ENCRYPTED PRIVATE KEY-----\n" + SINGLE.certificatePem();

        build_unusableBytes_isRefused(pem(pem).withPassword("right"), "the password of the key is wrong");
    }

    private static Arguments bad(String name, ClientCertificate certificate, String message) {
        return argumentSet(name, certificate, message);
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void build_unusableBytes_isRefused(ClientCertificate certificate, String message) {
        CertificateCredential.Builder builder = builder(certificate);
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, builder::build);

        assertEquals("CertificateCredential: certificate: " + message, failure.getMessage());
        assertFalse(failure.toString().contains("wr0ng"));
    }

    @Test
    void of_ellipticKey_isRefused() {
        assertEquals(
                "an RSA key is needed, this one is EC; make a certificate with an RSA key",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ClientCertificate.of(ELLIPTIC.privateKey(), List.of(ELLIPTIC.certificate())))
                        .getMessage());
    }

    @Test
    @DisplayName("CE12 no such file")
    void getToken_fileMissing_namesIt() {
        Path absent = directory.resolve("absent.pem");
        ClientAuthenticationException failure =
                localFailure(builder(ClientCertificate.ofFile(absent)).build());

        assertEquals(
                "CertificateCredential: the certificate file " + absent
                        + " cannot be used: there is no such file; check the path.",
                failure.getMessage());
        assertEquals(Outcome.MISCONFIGURED, failure.outcome());
    }

    @Test
    void getToken_directory_saysWhoMayReadIt() {
        ClientAuthenticationException failure =
                localFailure(builder(ClientCertificate.ofFile(directory)).build());

        assertEquals(
                "CertificateCredential: the certificate file " + directory
                        + " cannot be used: it cannot be read (IOException); check who may read it.",
                failure.getMessage());
    }

    @Test
    void getToken_hugeFile_isNotRead() throws IOException {
        ClientAuthenticationException failure =
                localFailure(builder(ClientCertificate.ofFile(file("x".repeat((1 << 20) + 1))))
                        .build());

        assertTrue(failure.getMessage().endsWith("it is over 1 MiB; keep key and certificates only."));
    }

    @Test
    void getToken_fileWithWrongPassword_namesFileAndPassword() throws IOException {
        Path file = file(SINGLE.encryptedKeyPem("right") + SINGLE.certificatePem());
        ClientAuthenticationException failure = localFailure(
                builder(ClientCertificate.ofFile(file).withPassword("wr0ng")).build());

        assertEquals(
                "CertificateCredential: the certificate file " + file
                        + " cannot be used: the password of the key is wrong.",
                failure.getMessage());
    }

    @Test
    void getToken_certificateExpired_isToldBeforeAnyRequest() {
        Instant end = cloud.clock().instant().minusSeconds(60).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        TestCertificate expired = TestCertificate.builder("old")
                .keysOf(SINGLE)
                .validity(end.minus(Duration.ofDays(9)), end)
                .build();
        ClientAuthenticationException failure =
                localFailure(builder(pem(expired.pem())).build());

        assertEquals(
                "CertificateCredential: the certificate expired at " + end + ". Renew it and register the new one.",
                failure.getMessage());
    }

    @Test
    void getToken_certificateNotYetValid_isToldBeforeAnyRequest() {
        Instant start = cloud.clock().instant().plusSeconds(600).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        TestCertificate early = TestCertificate.builder("early")
                .keysOf(SINGLE)
                .validity(start, start.plus(Duration.ofDays(9)))
                .build();
        ClientAuthenticationException failure =
                localFailure(builder(pem(early.pem())).build());

        assertEquals(
                "CertificateCredential: the certificate is not valid before " + start
                        + ". Check the clock of this machine, or wait.",
                failure.getMessage());
    }

    @Test
    void getToken_fileChanges_newCertificateServes() throws IOException {
        register(application().certificate(SINGLE.certificate()).certificate(LEAF.certificate()));
        Path file = file(SINGLE.pem());
        CertificateCredential credential =
                builder(ClientCertificate.ofFile(file)).build();
        credential.getToken(REQUEST);
        Files.writeString(file, LEAF.pem());
        credential.clearCache();
        credential.getToken(REQUEST);

        assertEquals(Optional.of(SINGLE.thumbprint()), header(0).string("x5t#S256"));
        assertEquals(Optional.of(LEAF.thumbprint()), header(1).string("x5t#S256"));
    }

    @Test
    void getToken_fileIsBeingWritten_lastCertificateServes() throws IOException {
        accept(SINGLE);
        Path file = file(SINGLE.pem());
        CertificateCredential credential =
                builder(ClientCertificate.ofFile(file)).build();
        credential.getToken(REQUEST);
        Files.writeString(file, LEAF.pem().substring(0, 100));
        credential.clearCache();
        credential.getToken(REQUEST);
        Files.delete(file);
        credential.clearCache();
        credential.getToken(REQUEST);

        assertEquals(Optional.of(SINGLE.thumbprint()), header(2).string("x5t#S256"));
    }

    @Test
    void getToken_fileUnchanged_isNotReadAgain() throws IOException {
        accept(SINGLE);
        Path file = file(SINGLE.pem());
        FileTime time = Files.getLastModifiedTime(file);
        CertificateCredential credential =
                builder(ClientCertificate.ofFile(file)).build();
        credential.getToken(REQUEST);
        Files.writeString(file, "x".repeat(SINGLE.pem().length()));
        Files.setLastModifiedTime(file, time);
        credential.clearCache();
        credential.getToken(REQUEST);

        assertEquals(2, requests().size());
    }

    @Test
    void getToken_unregisteredCertificate_tellsWhatToDo() {
        accept(LEAF);
        ClientAuthenticationException failure =
                failure(builder(pem(SINGLE.pem())).build());

        assertEquals(List.of(700027), failure.details().aadstsCodes());
        assertTrue(failure.getMessage()
                .endsWith("Upload the certificate to the application, or use the one that is registered there."));
    }

    @Test
    void build_fromEnvironment_readsTheVariables() throws IOException {
        register(application().trustedSubject("CN=leaf", ROOT.certificate()));
        Path file = directory.resolve("c.pfx");
        Files.write(file, LEAF.pkcs12("pw"));
        TestContext ambient = with(Map.of(
                "AZURE_TENANT_ID",
                TENANT,
                "AZURE_CLIENT_ID",
                CLIENT_ID,
                "AZURE_CLIENT_CERTIFICATE_PATH",
                file.toString(),
                "AZURE_CLIENT_CERTIFICATE_PASSWORD",
                "pw",
                "AZURE_CLIENT_SEND_CERTIFICATE_CHAIN",
                "1"));
        CertificateCredential.builder()
                .context(ambient)
                .fromEnvironment()
                .build()
                .getToken(REQUEST);

        assertEquals(3, header(0).strings("x5c").size());
    }

    @Test
    void toString_showsNoSecret() throws IOException {
        Path file = file(SINGLE.pem());

        assertEquals(
                "ClientCertificate[" + file + "]",
                ClientCertificate.ofFile(file).withPassword("canary").toString());
        assertEquals("ClientCertificate[bytes]", pem(SINGLE.pem()).toString());
        assertEquals(
                "ClientCertificate[KeyMaterial[CN=single]]",
                ClientCertificate.of(SINGLE.privateKey(), List.of(SINGLE.certificate()))
                        .toString());
    }
}
