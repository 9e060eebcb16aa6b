// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.testkit.internal.Json;
import dev.signet.identity.testkit.internal.JwtSigner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnBehalfOfTest {
    private final EmbeddedCloud cloud = EmbeddedCloud.start();
    private final EmbeddedAuthority authority = cloud.authority();
    private final Application api = authority.registerApplication(
            Application.builder("api").secret("s3cret").build());
    private final Application other = authority.registerApplication(
            Application.builder("other").secret("s3cret").build());
    private final User alice = authority.registerUser(User.named("alice@contoso.example"));

    @AfterEach
    void close() {
        cloud.close();
    }

    private Map<String, Object> post(int status, String form) throws Exception {
        HttpCalls.Answer answer = HttpCalls.post(
                authority.sslContext(),
                authority.uri() + EmbeddedAuthority.DEFAULT_TENANT + "/oauth2/v2.0/token",
                form);
        assertEquals(status, answer.status(), answer.body());
        return Json.readObject(answer.body());
    }

    private static String form(String assertion, String scope) {
        return "grant_type=" + HttpCalls.encode("urn:ietf:params:oauth:grant-type:jwt-bearer")
                + "&client_id=api&client_secret=s3cret&requested_token_use=on_behalf_of&assertion=" + assertion
                + "&scope=" + HttpCalls.encode(scope);
    }

    private int refusal(String form) throws Exception {
        return ((Double) ((List<?>) post(400, form).get("error_codes")).get(0)).intValue();
    }

    @Test
    void exchange_ofAUsersToken_givesTheUsersToken() throws Exception {
        Map<String, Object> body = post(200, form(authority.accessTokenFor(alice, api), "api://d/.default"));

        assertEquals("Bearer", body.get("token_type"));
        assertEquals(3599.0, body.get("expires_in"));
        assertEquals("api://d/.default", body.get("scope"));
        assertFalse(body.containsKey("refresh_token") || body.containsKey("id_token"));
        Map<String, Object> claims = JwtSigner.claims((String) body.get("access_token"));
        assertEquals("api://d", claims.get("aud"));
        assertEquals("api", claims.get("appid"));
        assertEquals("user", claims.get("idtyp"));
        assertEquals(alice.objectId(), claims.get("oid"));
        assertEquals("alice@contoso.example", claims.get("upn"));
        assertEquals("user_impersonation", claims.get("scp"));
        assertEquals(EmbeddedAuthority.DEFAULT_TENANT, claims.get("tid"));
        cloud.assertNoViolations();
    }

    @Test
    void exchange_withOpenIdScopes_givesWhatTheyStandFor() throws Exception {
        String scope = "openid profile offline_access https://graph.microsoft.com/User.Read Mail.Read";

        Map<String, Object> body = post(200, form(authority.accessTokenFor(alice, api), scope) + "&client_info=1");

        assertEquals("https://graph.microsoft.com/User.Read https://graph.microsoft.com/Mail.Read", body.get("scope"));
        Map<String, Object> claims = JwtSigner.claims((String) body.get("access_token"));
        assertEquals("https://graph.microsoft.com", claims.get("aud"));
        assertEquals("User.Read Mail.Read", claims.get("scp"));
        assertNotNull(body.get("refresh_token"));
        Map<String, Object> person = JwtSigner.claims((String) body.get("id_token"));
        assertEquals("api", person.get("aud"));
        assertEquals("alice@contoso.example", person.get("preferred_username"));
        byte[] info = Base64.getUrlDecoder().decode((String) body.get("client_info"));
        assertEquals(
                Map.of("uid", alice.objectId(), "utid", EmbeddedAuthority.DEFAULT_TENANT),
                Json.readObject(new String(info, StandardCharsets.UTF_8)));
        cloud.assertNoViolations();
    }

    @Test
    void assertion_forAnotherApplication_isRefused() throws Exception {
        assertEquals(500131, refusal(form(authority.accessTokenFor(alice, other), "api://d/.default")));
    }

    @Test
    void assertion_forAnIdentifierUri_isAccepted() throws Exception {
        authority.registerApplication(Application.builder("api")
                .secret("s3cret")
                .identifierUri("api://contoso.example/orders")
                .build());
        Application named = Application.builder("api://contoso.example/orders").build();

        post(200, form(authority.accessTokenFor(alice, named), "api://d/.default"));
        post(
                200,
                form(
                        authority.accessTokenFor(
                                alice, Application.builder("api://api").build()),
                        "api://d/.default"));
        cloud.assertNoViolations();
    }

    @Test
    void assertion_expired_isRefused() throws Exception {
        assertEquals(
                500133,
                refusal(form(authority.accessTokenFor(alice, api, Duration.ofSeconds(-1)), "api://d/.default")));
        String assertion = authority.accessTokenFor(alice, api);
        cloud.clock().advance(Duration.ofHours(1));
        assertEquals(500133, refusal(form(assertion, "api://d/.default")));
    }

    @Test
    void assertion_notIssuedHere_isRefused() throws Exception {
        String assertion = authority.accessTokenFor(alice, api);
        String forged = assertion.substring(0, assertion.lastIndexOf('.') + 1) + "AAAA";

        assertEquals(50013, refusal(form(forged, "api://d/.default")));
        assertEquals(50013, refusal(form("opaque", "api://d/.default")));
        String elsewhere = authority.accessTokenFor(alice.inTenant("another-tenant"), api);
        assertEquals(50013, refusal(form(elsewhere, "api://d/.default")));
    }

    @Test
    void assertion_ofAnApplication_isRefused() throws Exception {
        String appToken = (String) post(
                        200,
                        "grant_type=client_credentials&client_id=other&client_secret=s3cret&scope="
                                + HttpCalls.encode("api://api/.default"))
                .get("access_token");

        assertEquals(7000114, refusal(form(appToken, "api://d/.default")));
    }

    @Test
    void assertion_thatIsAnIdToken_isRefused() throws Exception {
        String idToken = (String) post(200, form(authority.accessTokenFor(alice, api), "openid api://d/.default"))
                .get("id_token");

        assertEquals(50013, refusal(form(idToken, "api://d/.default")));
    }

    @Test
    void user_unknown_isRefused() throws Exception {
        String assertion = authority.accessTokenFor(User.named("mallory@contoso.example"), api);

        assertEquals(50034, refusal(form(assertion, "api://d/.default")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "api://d/.default api://e/.default, 28000",
        "openid profile, 900144",
        "https://gone.example/.default, 500011",
    })
    void scope_wrong_isRefused(String scope, int code) throws Exception {
        authority.removeResource("https://gone.example");

        assertEquals(code, refusal(form(authority.accessTokenFor(alice, api), scope)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "requested_token_use=on_behalf_of, requested_token_use=else, 9002313, form has no requested_token_use on_behalf_of",
        "&assertion=, &x-client-a=, 900144, form lacks parameter assertion",
    })
    void request_incomplete_isRefusedAndAViolation(String part, String instead, int code, String problem)
            throws Exception {
        assertEquals(code, refusal(form("x", "api://d/.default").replace(part, instead)));
        assertEquals(
                List.of(problem),
                cloud.violations().stream().map(Violation::problem).toList());
    }

    @Test
    void client_withoutProof_isRefused() throws Exception {
        String form = form(authority.accessTokenFor(alice, api), "api://d/.default");

        assertEquals(
                List.of(7000218.0),
                post(401, form.replace("&client_secret=s3cret", "")).get("error_codes"));
    }

    @Test
    void conditionalAccess_ordered_isAnswered() throws Exception {
        String claims = "{\"access_token\":{\"polids\":{\"essential\":true,\"values\":[\"9ab03e19\"]}}}";
        authority.enqueue(Reply.error(EntraError.of(50079).claims(claims)));

        Map<String, Object> body = post(400, form(authority.accessTokenFor(alice, api), "api://d/.default"));

        assertEquals("interaction_required", body.get("error"));
        assertEquals("basic_action", body.get("suberror"));
        assertEquals(claims, body.get("claims"));
        post(200, form(authority.accessTokenFor(alice, api), "api://d/.default"));
    }

    @Test
    void user_hasStableIdAndHiddenPassword() {
        User bob = User.named("bob@contoso.example").withPassword("pa55").inTenant("t");

        assertEquals(User.named("bob@contoso.example").objectId(), bob.objectId());
        assertEquals("User[bob@contoso.example in t]", bob.toString());
        assertEquals("pa55", bob.password().orElseThrow().reveal());
        assertTrue(alice.password().isEmpty());
    }

    @Test
    void user_registeredAgain_isReplaced() throws Exception {
        authority.registerUser(alice.withPassword("pa55"));
        User away = authority.registerUser(User.named("alice@contoso.example").inTenant("new-tenant"));

        post(200, form(authority.accessTokenFor(alice, api), "api://d/.default"));
        assertEquals(alice.objectId(), away.objectId());
        assertEquals(
                404,
                HttpCalls.get(authority.sslContext(), authority.uri() + "new-tenant/nothing")
                        .status());
    }
}
