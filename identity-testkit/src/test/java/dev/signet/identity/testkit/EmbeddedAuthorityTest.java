// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.testkit.internal.Json;
import dev.signet.identity.testkit.internal.JwtSigner;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedAuthorityTest {
    private static final String SCOPE = HttpCalls.encode("https://vault.azure.net/.default");
    private static final String SECRET_FORM =
            "grant_type=client_credentials&client_id=app&client_secret=s3cret&scope=" + SCOPE;

    private final EmbeddedCloud cloud = EmbeddedCloud.start();
    private final EmbeddedAuthority authority = cloud.authority();
    private final Application application = authority.registerApplication(Application.builder("app")
            .secret("s3cret")
            .federatedCredential("https://issuer.example", "system:sa", EmbeddedAuthority.TOKEN_EXCHANGE_AUDIENCE)
            .tokenLifetime(Duration.ofMinutes(10))
            .refreshIn(Duration.ofMinutes(5))
            .build());
    private final SSLContext tls = authority.sslContext();

    @AfterEach
    void close() {
        cloud.close();
    }

    private String tokenUri() {
        return authority.uri() + EmbeddedAuthority.DEFAULT_TENANT + "/oauth2/v2.0/token";
    }

    private Map<String, Object> post(int status, String form, String... headers) throws Exception {
        HttpCalls.Answer answer = HttpCalls.post(tls, tokenUri(), form, headers);
        assertEquals(status, answer.status(), answer.body());
        return Json.readObject(answer.body());
    }

    private String assertionForm(String assertion) {
        return "grant_type=client_credentials&client_id=app&client_assertion_type="
                + HttpCalls.encode("urn:ietf:params:oauth:client-assertion-type:jwt-bearer") + "&client_assertion="
                + HttpCalls.encode(assertion) + "&scope=" + SCOPE;
    }

    @Test
    void accepts_ownToken_untilItExpires() throws Exception {
        String token = (String) post(200, SECRET_FORM).get("access_token");

        assertTrue(authority.accepts(token, "https://vault.azure.net/"));
        assertFalse(authority.accepts(token, "https://storage.azure.com"));
        assertFalse(authority.accepts(token.substring(0, token.length() - 6) + "AAAAAA", "https://vault.azure.net"));
        assertFalse(authority.accepts("no token", "https://vault.azure.net"));
        cloud.clock().advance(Duration.ofMinutes(10));
        assertFalse(authority.accepts(token, "https://vault.azure.net"));
    }

    @Test
    void tokenIssuer_given_standsInTokensOnly() throws Exception {
        try (EmbeddedCloud other =
                EmbeddedCloud.builder().tokenIssuer("https://sts.windows.net/").start()) {
            String base = other.imds().uri() + "/metadata/identity/oauth2/token";
            HttpCalls.Answer answer = HttpCalls.get(
                    base + "?api-version=2018-02-01&resource=https://vault.azure.net", "Metadata", "true");
            String token = (String) Json.readObject(answer.body()).get("access_token");
            assertEquals(
                    "https://sts.windows.net/" + EmbeddedAuthority.DEFAULT_TENANT + "/",
                    JwtSigner.claims(token).get("iss"));
            assertTrue(other.authority().accepts(token, "https://vault.azure.net"));
        }
    }

    @Test
    void token_bySecret_isSignedAndTimed() throws Exception {
        Map<String, Object> body = post(200, SECRET_FORM);

        assertEquals(600.0, body.get("expires_in"));
        assertEquals(300.0, body.get("refresh_in"));
        String token = (String) body.get("access_token");
        Map<String, Object> claims = JwtSigner.claims(token);
        assertEquals("https://vault.azure.net", claims.get("aud"));
        assertEquals("app", claims.get("appid"));
        assertEquals("app", claims.get("idtyp"));
        assertEquals(application.objectId(), claims.get("oid"));
        assertEquals(EmbeddedAuthority.DEFAULT_TENANT, claims.get("tid"));
        assertEquals((double) cloud.clock().instant().getEpochSecond() + 600, claims.get("exp"));
        assertTrue(verifies(token), "signature");
        cloud.assertNoViolations();
    }

    private boolean verifies(String token) throws Exception {
        String keysUri = authority.uri() + "common/discovery/v2.0/keys";
        Map<String, Object> set = Json.readObject(HttpCalls.get(tls, keysUri).body());
        Map<?, ?> key = (Map<?, ?>) ((List<?>) set.get("keys")).get(0);
        Base64.Decoder decoder = Base64.getUrlDecoder();
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(
                        new BigInteger(1, decoder.decode((String) key.get("n"))),
                        new BigInteger(1, decoder.decode((String) key.get("e"))))));
        int dot = token.lastIndexOf('.');
        signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(decoder.decode(token.substring(dot + 1)));
    }

    @Test
    void token_byFederatedAssertion_isGiven() throws Exception {
        String assertion =
                authority.assertionFor(application.federatedCredentials().get(0));

        assertNotNull(post(200, assertionForm(assertion)).get("access_token"));
        cloud.assertNoViolations();
    }

    @ParameterizedTest(name = "{0}, {1}, {2}: {3}")
    @CsvSource({
        "https://other.example, system:sa, api://AzureADTokenExchange, 700211",
        "https://issuer.example, SYSTEM:SA, api://AzureADTokenExchange, 700213",
        "https://issuer.example, system:sa, api://other, 700212",
    })
    void token_assertionDiffers_isRefused(String issuer, String subject, String audience, double code)
            throws Exception {
        String assertion = authority.assertionFor(new Application.FederatedCredential(issuer, subject, audience));

        Map<String, Object> body = post(401, assertionForm(assertion));

        assertEquals("invalid_client", body.get("error"));
        assertEquals(List.of(code), body.get("error_codes"));
    }

    @Test
    void token_staleAssertion_isRefused() throws Exception {
        String assertion =
                authority.assertionFor(application.federatedCredentials().get(0));
        cloud.clock().advance(Duration.ofMinutes(66));

        assertEquals(List.of(700024.0), post(401, assertionForm(assertion)).get("error_codes"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "client_secret=s3cret, client_secret=wrong, 7000215, invalid_client, 401",
        "&client_secret=s3cret, , 7000216, invalid_client, 401",
        "client_id=app, client_id=nobody, 700016, unauthorized_client, 400",
        "client_credentials, implicit, 70003, unsupported_grant_type, 400",
        "%2F.default, , 1002012, invalid_scope, 400",
        "%2F.default, %2F.default+https%3A%2F%2Fx%2F.default, 70011, invalid_scope, 400",
        "&scope=, &nothing=, 900144, invalid_request, 400",
    })
    void token_wrongRequest_isRefusedLikeEntra(String part, String instead, double code, String error, int status)
            throws Exception {
        String form = SECRET_FORM.replace(part, instead == null ? "" : instead);

        Map<String, Object> body = post(status, form, "client-request-id", "11111111-2222-3333-4444-555555555555");

        assertEquals(error, body.get("error"));
        assertEquals(List.of(code), body.get("error_codes"));
        assertEquals("11111111-2222-3333-4444-555555555555", body.get("correlation_id"));
        assertTrue(((String) body.get("error_description")).startsWith("AADSTS" + (long) code + ": "));
        assertNotNull(body.get("trace_id"));
        assertNotNull(body.get("timestamp"));
    }

    @Test
    void token_unknownTenantOrResource_isRefused() throws Exception {
        authority.removeResource("https://vault.azure.net/");
        assertEquals(List.of(500011.0), post(400, SECRET_FORM).get("error_codes"));

        String elsewhere = authority.uri() + "nowhere/oauth2/v2.0/token";
        assertTrue(HttpCalls.post(tls, elsewhere, SECRET_FORM).body().contains("90002"));
    }

    @Test
    void token_malformedTenantOrOtherMethod_isRefused() throws Exception {
        String malformed = authority.uri() + "a%20b/oauth2/v2.0/token";
        assertTrue(HttpCalls.post(tls, malformed, SECRET_FORM).body().contains("AADSTS900023: "));

        HttpCalls.Answer answer = HttpCalls.get(tls, tokenUri());
        assertEquals(400, answer.status());
        assertTrue(answer.body().contains("AADSTS900561: "), answer.body());
    }

    @Test
    void token_claims_areHonouredAndRecorded() throws Exception {
        String claims = "{\"access_token\":{\"xms_cc\":{\"values\":[\"cp1\"]}}}";

        Map<String, Object> body = post(200, SECRET_FORM + "&claims=" + HttpCalls.encode(claims));

        assertEquals(
                List.of("cp1"),
                JwtSigner.claims((String) body.get("access_token")).get("xms_cc"));
        assertEquals(claims, authority.lastRequest().form("claims").orElseThrow());
        assertEquals(List.of(9002313.0), post(400, SECRET_FORM + "&claims=x").get("error_codes"));
    }

    @ParameterizedTest
    @CsvSource({
        "&resource=x, form has unknown parameter resource",
        "&client_id=app, form has parameter client_id more than once",
        "&client_assertion=x, form has both a secret and an assertion",
    })
    void token_oddForm_isAViolation(String addition, String problem) throws Exception {
        HttpCalls.post(tls, tokenUri(), SECRET_FORM + addition);

        assertTrue(
                cloud.violations().stream()
                        .anyMatch(violation -> violation.problem().equals(problem)),
                cloud.violations().toString());
        assertThrows(AssertionError.class, cloud::assertNoViolations);
    }

    @Test
    void documents_nameTheEndpoints() throws Exception {
        String host = authority.uri().getAuthority();
        Map<String, Object> instance = Json.readObject(HttpCalls.get(
                        tls,
                        authority.uri() + "common/discovery/instance?api-version=1.1&authorization_endpoint="
                                + HttpCalls.encode("https://" + host + "/t/oauth2/v2.0/authorize"))
                .body());
        Map<String, Object> configuration = Json.readObject(HttpCalls.get(
                        tls,
                        authority.uri() + EmbeddedAuthority.DEFAULT_TENANT + "/v2.0/.well-known/openid-configuration")
                .body());
        Map<String, Object> adfs =
                Json.readObject(HttpCalls.get(tls, authority.uri() + "adfs/.well-known/openid-configuration")
                        .body());

        assertEquals(
                authority.uri() + "t/v2.0/.well-known/openid-configuration", instance.get("tenant_discovery_endpoint"));
        assertEquals(tokenUri(), configuration.get("token_endpoint"));
        assertEquals(authority.uri() + "adfs/oauth2/token", adfs.get("token_endpoint"));
        assertTrue(authority.requests().isEmpty(), "documents have a script of their own");
        assertEquals(3, cloud.requests().size());
        cloud.assertNoViolations();
    }

    @Test
    void instance_foreignHost_isInvalid() throws Exception {
        HttpCalls.Answer answer = HttpCalls.get(
                tls,
                authority.uri() + "common/discovery/instance?api-version=1.1&authorization_endpoint="
                        + HttpCalls.encode("https://evil.example/t/oauth2/v2.0/authorize"));

        assertEquals(400, answer.status());
        assertTrue(answer.body().contains("invalid_instance"));
    }

    @Test
    void tls_withoutTrust_failsBeforeAnyRequest() {
        String uri = tokenUri();

        assertThrows(SSLException.class, () -> HttpCalls.get(SSLContext.getDefault(), uri));
        assertThrows(
                SSLException.class,
                () -> HttpCalls.get(CertificateAuthority.create("x").sslContext(), uri));
        assertTrue(cloud.requests().isEmpty());
        assertEquals(2, authority.connections());
    }

    @Test
    void application_toString_hidesItsSecret() {
        assertFalse(application.toString().contains("s3cret"));
        assertEquals("s3cret", authority.environment(application).get("AZURE_CLIENT_SECRET"));
    }
}
