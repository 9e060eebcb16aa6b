// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.testkit.internal.Json;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateAssertionTest {
    private static final String CLIENT = "6c1d8f1e-2b0a-4f7d-9c55-3e1f0a7b9d20";
    private static final String TENANT = EmbeddedAuthority.DEFAULT_TENANT;
    private static TestCertificate root;
    private static TestCertificate leaf;
    private static TestCertificate registered;
    private static TestCertificate stranger;

    private final EmbeddedCloud cloud = EmbeddedCloud.start();
    private final EmbeddedAuthority authority = cloud.authority();
    private final SSLContext tls = authority.sslContext();

    @BeforeAll
    static void make() {
        root = TestCertificate.builder("Root").elliptic().authority().build();
        TestCertificate middle = TestCertificate.builder("Middle")
                .elliptic()
                .authority()
                .issuer(root)
                .build();
        registered = TestCertificate.create("registered");
        leaf = TestCertificate.builder("app.contoso.example")
                .keysOf(registered)
                .issuer(middle)
                .build();
        stranger = TestCertificate.create("stranger");
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private void register(Application.Builder application) {
        authority.registerApplication(application.build());
    }

    private ClientAssertion assertion(TestCertificate certificate) {
        return new ClientAssertion(
                certificate, CLIENT, tokenUri(TENANT), cloud.clock().instant());
    }

    private String tokenUri(String tenant) {
        return authority.uri() + tenant + "/oauth2/v2.0/token";
    }

    private static String form(String assertion) {
        return "grant_type=client_credentials&client_id=" + CLIENT + "&client_assertion_type="
                + HttpCalls.encode("urn:ietf:params:oauth:client-assertion-type:jwt-bearer") + "&client_assertion="
                + HttpCalls.encode(assertion) + "&scope=" + HttpCalls.encode("https://vault.azure.net/.default");
    }

    /** Sends an assertion; gives the number of the refusal, or 0 for a token. */
    private int send(ClientAssertion assertion) throws Exception {
        return send(assertion.sign());
    }

    private int send(String assertion) throws Exception {
        HttpCalls.Answer answer = HttpCalls.post(tls, tokenUri(TENANT), form(assertion));
        Map<String, Object> body = Json.readObject(answer.body());
        if (body.containsKey("access_token")) {
            return 0;
        }
        return ((Double) ((List<?>) body.get("error_codes")).get(0)).intValue();
    }

    private List<String> problems() {
        return cloud.violations().stream().map(Violation::problem).toList();
    }

    @FunctionalInterface
    interface Change {
        void apply(ClientAssertion assertion) throws Exception;
    }

    static Stream<Arguments> accepted() throws Exception {
        byte[] sha256 = Base64.getUrlDecoder().decode(registered.thumbprint());
        byte[] sha1 = MessageDigest.getInstance("SHA-1")
                .digest(registered.certificate().getEncoded());
        String standard = Base64.getEncoder().encodeToString(sha256);
        String padded = Base64.getUrlEncoder().encodeToString(sha256);
        String old = Base64.getUrlEncoder().withoutPadding().encodeToString(sha1);
        String single =
                Base64.getEncoder().encodeToString(registered.certificate().getEncoded());
        return Stream.of(
                Arguments.of("PS256", change(assertion -> {})),
                Arguments.of("RS256", change(assertion -> assertion.header.put("alg", "RS256"))),
                Arguments.of("thumbprint of MSAL4J", change(assertion -> assertion.header.put("x5t#S256", standard))),
                Arguments.of("thumbprint of MSAL for Python", change(assertion -> {
                    assertion.header.put("x5t#S256", padded);
                })),
                Arguments.of("RS256 with SHA-1", change(assertion -> {
                    assertion.header.remove("x5t#S256");
                    assertion.header.put("alg", "RS256");
                    assertion.header.put("x5t", old);
                })),
                Arguments.of("iat instead of nbf", change(assertion -> {
                    assertion.claims.put("iat", assertion.claims.remove("nbf"));
                })),
                Arguments.of("chain of one", change(assertion -> assertion.chain(registered.chain()))),
                Arguments.of("x5c of MSAL.NET", change(assertion -> assertion.header.put("x5c", single))));
    }

    private static Change change(Change change) {
        return change;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void assertion_asLibrariesSendIt_isAccepted(String name, Change change) throws Exception {
        register(Application.builder(CLIENT).certificate(registered.certificate()));
        ClientAssertion assertion = assertion(registered);
        change.apply(assertion);

        assertEquals(0, send(assertion));
        cloud.assertNoViolations();
    }

    static Stream<Arguments> refused() {
        String hex = "assertion lacks a well-formed x5t#S256";
        return Stream.of(
                refusal("key unknown", 700027, assertion -> {
                    assertion.header.put("x5t#S256", stranger.thumbprint());
                }),
                refusal("signature of another key", 700027, assertion -> assertion.signedBy(stranger.privateKey())),
                refusal(
                        "algorithm",
                        5002738,
                        assertion -> {
                            assertion.header.put("alg", "HS256");
                        },
                        "assertion's alg is neither PS256 nor RS256"),
                refusal(
                        "type",
                        5002727,
                        assertion -> {
                            assertion.header.put("typ", "JOSE");
                        },
                        "assertion's typ is not JWT"),
                refusal("no thumbprint", 5002723, assertion -> assertion.header.remove("x5t#S256"), hex),
                refusal(
                        "thumbprint in hexadecimal digits",
                        700027,
                        assertion -> {
                            assertion.header.put("x5t#S256", "0123456789abcdef".repeat(4));
                        },
                        hex),
                refusal(
                        "issuer",
                        700021,
                        assertion -> {
                            assertion.claims.put("iss", "somebody");
                        },
                        "assertion's iss is not the client id"),
                refusal(
                        "subject",
                        700021,
                        assertion -> {
                            assertion.claims.put("sub", "somebody");
                        },
                        "assertion's sub is not the client id"),
                refusal(
                        "audience",
                        700023,
                        assertion -> {
                            assertion.claims.put(
                                    "aud", "https://login.microsoftonline.com/" + TENANT + "/oauth2/v2.0/token");
                        },
                        "assertion's aud is not the token endpoint"),
                refusal("over", 700024, assertion -> move(assertion, -1000)),
                refusal("in the future", 700024, assertion -> move(assertion, 1000)),
                refusal(
                        "an end that is no time",
                        700024,
                        assertion -> {
                            assertion.claims.put("exp", "soon");
                        },
                        "assertion's exp is not a number"),
                refusal(
                        "no end",
                        700024,
                        assertion -> {
                            assertion.claims.remove("exp");
                        },
                        "assertion's exp is not a number"));
    }

    private static Arguments refusal(String name, int code, Change change, String... problems) {
        return Arguments.of(name, code, change, List.of(problems));
    }

    private static void move(ClientAssertion assertion, long seconds) {
        assertion.claims.replaceAll((name, value) -> value instanceof Long time ? Long.valueOf(time + seconds) : value);
    }

    @ParameterizedTest(name = "{0}: AADSTS{1}")
    @MethodSource("refused")
    void assertion_wrong_isRefused(String name, int code, Change change, List<String> problems) throws Exception {
        register(Application.builder(CLIENT).certificate(registered.certificate()));
        ClientAssertion assertion = assertion(registered);
        change.apply(assertion);

        assertEquals(code, send(assertion));
        assertEquals(problems, problems());
    }

    static Stream<Arguments> tolerated() {
        return Stream.of(
                deviation("assertion lacks jti", assertion -> assertion.claims.remove("jti")),
                deviation("assertion lacks nbf", assertion -> assertion.claims.remove("nbf")),
                deviation("assertion's typ is not JWT", assertion -> assertion.header.remove("typ")),
                deviation("assertion's nbf is not a number", assertion -> {
                    assertion.claims.put("nbf", assertion.claims.get("nbf").toString());
                }),
                deviation("assertion's exp is not a number", assertion -> {
                    assertion.claims.put("exp", assertion.claims.get("exp").toString());
                }),
                deviation("assertion lives for more than ten minutes", assertion -> {
                    assertion.claims.put("exp", (Long) assertion.claims.get("exp") + 1);
                }),
                deviation("assertion ends before it starts", assertion -> {
                    assertion.claims.put("exp", assertion.claims.get("nbf"));
                }),
                deviation("assertion's x5c is not made of certificates in standard Base64", assertion -> {
                    assertion.header.put("x5c", List.of("MIIB-_"));
                }),
                deviation("assertion's x5c has a certificate that the next one did not sign", assertion -> {
                    assertion.chain(List.of(registered.certificate(), stranger.certificate()));
                }),
                deviation("assertion's x5c does not start with the certificate that x5t#S256 names", assertion -> {
                    assertion.chain(stranger.chain());
                }));
    }

    private static Arguments deviation(String problem, Change change) {
        return Arguments.of(problem, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tolerated")
    void assertion_thatEntraTolerates_isAViolation(String problem, Change change) throws Exception {
        register(Application.builder(CLIENT).certificate(registered.certificate()));
        ClientAssertion assertion = assertion(registered);
        change.apply(assertion);

        assertEquals(0, send(assertion));
        assertEquals(List.of(problem), problems());
    }

    @Test
    void assertion_ofAnotherTenant_hasTheWrongAudience() throws Exception {
        authority.registerTenant("other-tenant", "other.example");
        register(Application.builder(CLIENT).tenantId("other-tenant").certificate(registered.certificate()));
        String assertion = assertion(registered).sign();

        String body =
                HttpCalls.post(tls, tokenUri("other.example"), form(assertion)).body();
        assertTrue(body.contains("AADSTS700023"), body);

        ClientAssertion fitting = new ClientAssertion(
                registered, CLIENT, tokenUri("other.example"), cloud.clock().instant());
        HttpCalls.Answer answer = HttpCalls.post(tls, tokenUri("other.example"), form(fitting.sign()));
        assertEquals(200, answer.status(), answer.body());
    }

    @Test
    void assertion_forAdFs_hasItsTokenEndpointAsAudience() throws Exception {
        register(Application.builder(CLIENT).certificate(registered.certificate()));
        String uri = authority.uri() + "adfs/oauth2/token";
        ClientAssertion assertion =
                new ClientAssertion(registered, CLIENT, uri, cloud.clock().instant());

        assertEquals(200, HttpCalls.post(tls, uri, form(assertion.sign())).status());
        cloud.assertNoViolations();
    }

    @Test
    void assertion_sentTwice_isAViolation() throws Exception {
        register(Application.builder(CLIENT).certificate(registered.certificate()));
        String assertion = assertion(registered).sign();

        send(assertion);
        cloud.assertNoViolations();
        send(assertion);

        assertEquals(List.of("assertion was sent before"), problems());
    }

    static Stream<Reply> unsettled() {
        return Stream.of(
                Reply.status(503),
                Reply.status(429).header("Retry-After", "1"),
                Reply.reset(),
                Reply.passThrough().closeMidBody(),
                Reply.passThrough().delay(Duration.ofMillis(1)),
                Reply.error(EntraError.of(90033)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsettled")
    void assertion_repeatedAfterAnOutage_isFine(Reply outage) throws Exception {
        register(Application.builder(CLIENT).certificate(registered.certificate()));
        String assertion = assertion(registered).sign();
        authority.enqueue(outage);
        TransportRequest request = TransportRequest.post(
                        URI.create(tokenUri(TENANT)),
                        "application/x-www-form-urlencoded",
                        form(assertion).getBytes(StandardCharsets.US_ASCII))
                .sslSocketFactory(tls.getSocketFactory())
                .build();

        try {
            assertTrue(new LocalTransport().send(request).status() > 0);
        } catch (UncheckedIOException broken) {
            assertFalse(outage.settles());
        }

        assertEquals(0, send(assertion));
        cloud.assertNoViolations();
    }

    @Test
    void assertion_usedBeforeReset_isForgotten() throws Exception {
        register(Application.builder(CLIENT).certificate(registered.certificate()));
        String assertion = assertion(registered).sign();
        send(assertion);
        cloud.reset();

        assertEquals(0, send(assertion));
        cloud.assertNoViolations();
    }

    @ParameterizedTest(name = "{0} to {1} seconds from now")
    @CsvSource({"-100, -1", "1, 100"})
    void certificate_outOfItsTime_isRefused(long from, long until) throws Exception {
        Instant now = cloud.clock().instant();
        TestCertificate brief = TestCertificate.builder("short")
                .keysOf(registered)
                .validity(now.plusSeconds(from), now.plusSeconds(until))
                .build();
        register(Application.builder(CLIENT).certificate(brief.certificate()));

        assertEquals(700027, send(assertion(brief)));
        cloud.assertNoViolations();
    }

    @Test
    void trustedSubject_withItsChain_isAccepted() throws Exception {
        register(Application.builder(CLIENT).trustedSubject("CN=app.contoso.example", root.certificate()));

        assertEquals(0, send(assertion(leaf).chain(leaf.chain())), "whole chain");
        assertEquals(0, send(assertion(leaf).chain(leaf.chain().subList(0, 2))), "chain without its root");
        cloud.assertNoViolations();
    }

    @Test
    void trustedSubject_withoutItsChain_isUnknown() throws Exception {
        register(Application.builder(CLIENT).trustedSubject("CN=app.contoso.example", root.certificate()));

        assertEquals(700027, send(assertion(leaf)), "no x5c");
        assertEquals(700027, send(assertion(leaf).chain(leaf.chain().subList(0, 1))), "leaf alone");
        assertEquals(700027, send(assertion(registered).chain(registered.chain())), "another subject");
        cloud.assertNoViolations();
    }

    @Test
    void trustedSubject_ofAnotherIssuer_isUnknown() throws Exception {
        TestCertificate forged = TestCertificate.builder("app.contoso.example")
                .keysOf(registered)
                .issuer(TestCertificate.builder("Root").elliptic().authority().build())
                .build();
        register(Application.builder(CLIENT).trustedSubject("CN=app.contoso.example", root.certificate()));

        assertEquals(700027, send(assertion(forged).chain(forged.chain())));
        cloud.assertNoViolations();
    }

    @Test
    void chain_withoutTrustInTheSubject_provesNothing() throws Exception {
        register(Application.builder(CLIENT).certificate(stranger.certificate()));

        assertEquals(700027, send(assertion(leaf).chain(leaf.chain())));
        cloud.assertNoViolations();
    }

    @Test
    void refusal_namesTheThumbprintThatTheClientSent() throws Exception {
        register(Application.builder(CLIENT).certificate(stranger.certificate()));

        String body = HttpCalls.post(
                        tls, tokenUri(TENANT), form(assertion(registered).sign()))
                .body();

        byte[] digest = Base64.getUrlDecoder().decode(registered.thumbprint());
        String shown = HexFormat.of().withUpperCase().formatHex(digest);
        assertTrue(
                body.contains("[Reason - The key was not found., Thumbprint of key used by client: '" + shown + "']"),
                body);
    }

    @Test
    void application_disabledOrWithOldSecret_isRefused() throws Exception {
        Instant now = cloud.clock().instant();
        register(Application.builder("old").secret("s3cret", now).secret("new", now.plusSeconds(1)));
        register(Application.builder("off").secret("s3cret").disabled());

        assertEquals(7000222, bySecret("old", "s3cret"));
        assertEquals(0, bySecret("old", "new"));
        assertEquals(7000215, bySecret("old", "other"));
        assertEquals(7000112, bySecret("off", "s3cret"));
    }

    private int bySecret(String client, String secret) throws Exception {
        String body = HttpCalls.post(
                        tls,
                        tokenUri(TENANT),
                        "grant_type=client_credentials&client_id=" + client + "&client_secret=" + secret + "&scope="
                                + HttpCalls.encode("https://vault.azure.net/.default"))
                .body();
        Object codes = Json.readObject(body).get("error_codes");
        return codes instanceof List<?> list ? ((Double) list.get(0)).intValue() : 0;
    }
}
