// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.testkit.internal.Json;
import dev.signet.identity.testkit.internal.JwtSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInsTest {
    private static final String APP = "6f0ad9ed-6a4f-4d32-a3ab-4a4e6f6b8f01";
    private static final String DEVELOPERS = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
    private static final String SCOPES = "openid profile offline_access https://vault.azure.net/.default";
    private static final URI REDIRECT = URI.create("https://app.example/callback");
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private final EmbeddedCloud cloud = EmbeddedCloud.start();
    private final EmbeddedAuthority authority = cloud.authority();
    private final SignIns signIns = authority.signIns();
    private final Application app =
            authority.registerApplication(Application.builder(APP).build());
    private final User alice =
            authority.registerUser(User.named("alice@contoso.example").withPassword("wonderland"));
    private final User bob = authority.registerUser(User.named("bob@contoso.example"));
    private final ScriptedBrowser browser = new ScriptedBrowser(authority);

    @AfterEach
    void close() {
        cloud.close();
    }

    private URI authorize(String... more) throws Exception {
        Map<String, String> query = new HashMap<>(Map.of(
                "client_id",
                APP,
                "response_type",
                "code",
                "redirect_uri",
                REDIRECT.toString(),
                "scope",
                SCOPES,
                "state",
                "s&1",
                "code_challenge",
                challenge(VERIFIER),
                "code_challenge_method",
                "S256"));
        for (int i = 0; i < more.length; i += 2) {
            query.put(more[i], more[i + 1]);
        }
        query.values().removeIf(String::isEmpty);
        StringBuilder text = new StringBuilder();
        query.forEach((name, value) -> text.append('&').append(name).append('=').append(HttpCalls.encode(value)));
        return URI.create(authority.uri() + "organizations/oauth2/v2.0/authorize?" + text.substring(1));
    }

    private static String challenge(String verifier) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    private Map<String, Object> token(int status, String... fields) throws Exception {
        return post(status, "organizations", "token", fields);
    }

    private Map<String, Object> post(int status, String tenant, String endpoint, String... fields) throws Exception {
        StringBuilder form = new StringBuilder("client_id=" + (fields[0].equals("client_id") ? fields[1] : APP));
        for (int i = fields[0].equals("client_id") ? 2 : 0; i < fields.length; i += 2) {
            form.append('&').append(fields[i]).append('=').append(HttpCalls.encode(fields[i + 1]));
        }
        HttpCalls.Answer answer = HttpCalls.post(
                authority.sslContext(), authority.uri() + tenant + "/oauth2/v2.0/" + endpoint, form.toString());
        assertEquals(status, answer.status(), answer.body());
        return Json.readObject(answer.body());
    }

    /** The query of the address that a decision on the page leads to. */
    private Map<String, List<String>> decided(URI address, String decision) {
        ScriptedBrowser.Page page = browser.decide(browser.open(address), decision, alice);
        assertEquals(302, page.status(), page.body());
        URI target = URI.create(page.headers().get("location"));
        assertEquals(REDIRECT.getPath(), target.getPath());
        return Parameters.parse(target.getRawQuery()).values();
    }

    private Map<String, Object> redeem(int status, String code, String... more) throws Exception {
        Map<String, String> fields = new HashMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                REDIRECT.toString(),
                "code_verifier",
                VERIFIER,
                "scope",
                SCOPES,
                "client_info",
                "1"));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        fields.values().removeIf(String::isEmpty);
        String[] flat = fields.entrySet().stream()
                .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
                .toArray(String[]::new);
        return token(status, flat);
    }

    @Test
    void authorize_accepted_givesACodeForTokensOfTheUser() throws Exception {
        Map<String, List<String>> answer = decided(authorize("nonce", "n-1", "login_hint", alice.userName()), "accept");
        assertEquals(List.of("s&1"), answer.get("state"));

        Map<String, Object> body = redeem(200, answer.get("code").get(0));

        Map<String, Object> claims = JwtSigner.claims((String) body.get("access_token"));
        assertEquals("https://vault.azure.net", claims.get("aud"));
        assertEquals(alice.objectId(), claims.get("oid"));
        assertEquals("user_impersonation", claims.get("scp"));
        Map<String, Object> id = JwtSigner.claims((String) body.get("id_token"));
        assertEquals("n-1", id.get("nonce"));
        assertEquals(APP, id.get("aud"));
        assertEquals(EmbeddedAuthority.DEFAULT_TENANT, id.get("tid"));
        assertEquals(alice.userName(), id.get("preferred_username"));
        assertEquals("https://vault.azure.net/.default openid profile", body.get("scope"));
        Map<String, Object> info = Json.readObject(
                new String(Base64.getUrlDecoder().decode((String) body.get("client_info")), StandardCharsets.UTF_8));
        assertEquals(Map.of("uid", alice.objectId(), "utid", EmbeddedAuthority.DEFAULT_TENANT), info);
        assertTrue(body.containsKey("refresh_token"));
        assertNull(body.get("foci"));
        cloud.assertNoViolations();
    }

    @Test
    void authorize_cancelled_isAccessDenied() throws Exception {
        Map<String, List<String>> answer = decided(authorize(), "cancel");

        assertEquals(List.of("access_denied"), answer.get("error"));
        assertTrue(answer.get("error_description").get(0).startsWith("AADSTS65004: "));
        assertEquals(List.of("s&1"), answer.get("state"));
        assertFalse(answer.containsKey("code"));
    }

    @Test
    void authorize_page_hasTheHintedUserFirstAndEscapesAll() throws Exception {
        authority.registerUser(User.named("<b>\"eve\"&'@contoso.example"));

        String html = browser.open(authorize("login_hint", bob.userName())).body();

        assertTrue(html.contains("value=\"bob@contoso.example\" checked"), html);
        assertTrue(html.contains("&lt;b&gt;&quot;eve&quot;&amp;&#39;@contoso.example"), html);
        assertFalse(html.contains("<b>"), html);
    }

    @Test
    void authorize_formPost_postsToTheApplication() throws Exception {
        ScriptedBrowser.Page page =
                browser.decide(browser.open(authorize("response_mode", "form_post")), "accept", alice);

        assertEquals(200, page.status());
        assertTrue(page.body().contains("<form method=\"post\" action=\"" + REDIRECT + "\">"), page.body());
        assertTrue(page.body().contains("name=\"state\" value=\"s&amp;1\""), page.body());
    }

    @Test
    void authorize_pageAnsweredTwice_isAnError() throws Exception {
        ScriptedBrowser.Page page = browser.open(authorize());
        browser.decide(page, "accept", alice);

        assertEquals(400, browser.decide(page, "accept", alice).status());
    }

    @Test
    void authorize_userPresent_isAnsweredAtOnce() throws Exception {
        signIns.answerAs(bob);

        HttpCalls.Answer answer =
                HttpCalls.get(authority.sslContext(), authorize().toString());

        assertEquals(302, answer.status());
        cloud.reset();
        assertEquals(
                200,
                HttpCalls.get(authority.sslContext(), authorize().toString()).status());
    }

    @Test
    void authorize_refusalOrdered_isSentBack() throws Exception {
        signIns.refuseNext("interaction_required", 53003, "Blocked.");

        HttpCalls.Answer answer =
                HttpCalls.get(authority.sslContext(), authorize().toString());

        assertTrue(answer.header("Location").contains("error=interaction_required"), answer.header("Location"));
        assertTrue(answer.header("Location").contains("AADSTS53003%3A+Blocked."), answer.header("Location"));
    }

    @Test
    void authorize_promptNone_needsAUser() throws Exception {
        HttpCalls.Answer answer = HttpCalls.get(
                authority.sslContext(), authorize("prompt", "none").toString());

        assertTrue(answer.header("Location").contains("error=login_required"), answer.header("Location"));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "state, ''",
        "response_type, token",
        "code_challenge, short",
        "code_challenge_method, plain",
        "response_mode, web_message",
        "prompt, perhaps",
        "unheard_of, 1",
        "redirect_uri, http://localhost:1"
    })
    void authorize_deviation_isAViolation(String name, String value) throws Exception {
        boolean loopback = name.equals("redirect_uri");
        URI address = loopback ? authorize(name, value, "code_challenge", "") : authorize(name, value);

        browser.open(address);

        assertFalse(cloud.violations().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"client_id, nobody", "redirect_uri, urn:x"})
    void authorize_unknownApplicationOrAddress_isAPageOfTheAuthority(String name, String value) throws Exception {
        assertEquals(400, browser.open(authorize(name, value)).status());
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource({
        "code_verifier, wrong, 501481, invalid_grant",
        "code_verifier, '', 50148, invalid_grant",
        "redirect_uri, https://other.example, 500112, invalid_grant",
        "client_id, 04b07795-8ddb-461a-bbee-02f9e1bf7b46, 700005, invalid_grant",
        "scope, https://a/.default https://b/.default, 28000, invalid_scope"
    })
    void code_wrongRedemption_isRefused(String name, String value, double code, String error) throws Exception {
        authority.registerApplication(Application.builder(DEVELOPERS).build());
        String given = decided(authorize(), "accept").get("code").get(0);

        Map<String, Object> body = name.equals("client_id")
                ? token(
                        400,
                        "client_id",
                        value,
                        "grant_type",
                        "authorization_code",
                        "code",
                        given,
                        "redirect_uri",
                        REDIRECT.toString(),
                        "code_verifier",
                        VERIFIER,
                        "scope",
                        SCOPES)
                : redeem(400, given, name, value);

        assertEquals(error, body.get("error"));
        assertEquals(List.of(code), body.get("error_codes"));
    }

    @Test
    void code_redeemedTwice_isRefused() throws Exception {
        String code = decided(authorize(), "accept").get("code").get(0);
        redeem(200, code);

        assertEquals(List.of(54005.0), redeem(400, code).get("error_codes"));
    }

    @Test
    void code_late_isRefused() throws Exception {
        String code = signIns.authorizationCode(alice, app, REDIRECT);
        cloud.clock().advance(Duration.ofMinutes(10));

        assertEquals(List.of(70008.0), redeem(400, code, "code_verifier", "").get("error_codes"));
    }

    @Test
    void code_confidentialApplication_needsItsSecret() throws Exception {
        authority.registerApplication(Application.builder(APP).secret("s3cret").build());
        String code = signIns.authorizationCode(alice, app, REDIRECT);

        assertEquals(List.of(7000218.0), redeem(401, code, "code_verifier", "").get("error_codes"));
        assertEquals(
                List.of(7000215.0),
                redeem(401, code, "code_verifier", "", "client_secret", "no").get("error_codes"));
        redeem(200, code, "code_verifier", "", "client_secret", "s3cret");
    }

    @Test
    void refreshToken_otherResourceAndTenant_givesTokensThere() throws Exception {
        authority.registerTenant("fabrikam-id", "fabrikam.example");
        authority.registerApplication(
                Application.builder(APP).tenantId("fabrikam-id").build());
        String right = (String) redeem(200, signIns.authorizationCode(alice, app, REDIRECT), "code_verifier", "")
                .get("refresh_token");

        Map<String, Object> body = post(
                200,
                "fabrikam.example",
                "token",
                "grant_type",
                "refresh_token",
                "refresh_token",
                right,
                "scope",
                "openid api://x/read");

        Map<String, Object> claims = JwtSigner.claims((String) body.get("access_token"));
        assertEquals("api://x", claims.get("aud"));
        assertEquals("read", claims.get("scp"));
        assertEquals("fabrikam-id", claims.get("tid"));
        assertFalse(body.containsKey("refresh_token"));
    }

    @Test
    void refreshToken_revoked_isRefused() throws Exception {
        String right = (String) redeem(200, signIns.authorizationCode(alice, app, REDIRECT), "code_verifier", "")
                .get("refresh_token");
        signIns.revoke(bob);
        token(200, "grant_type", "refresh_token", "refresh_token", right, "scope", SCOPES);
        signIns.revoke(alice);

        Map<String, Object> body = token(400, "grant_type", "refresh_token", "refresh_token", right, "scope", SCOPES);

        assertEquals("invalid_grant", body.get("error"));
        assertEquals(List.of(700082.0), body.get("error_codes"));
    }

    @Test
    void refreshToken_ofAnotherClient_isForTheFamilyOnly() throws Exception {
        Application developers =
                authority.registerApplication(Application.builder(DEVELOPERS).build());
        String code = signIns.authorizationCode(alice, developers, REDIRECT);
        Map<String, Object> body = token(
                200,
                "client_id",
                DEVELOPERS,
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                REDIRECT.toString(),
                "scope",
                SCOPES);
        assertEquals("1", body.get("foci"));
        String right = (String) body.get("refresh_token");
        String relative = "aebc6443-996d-45c2-90f0-388ff96faa56";
        authority.registerApplication(Application.builder(relative).build());

        token(200, "client_id", relative, "grant_type", "refresh_token", "refresh_token", right, "scope", SCOPES);
        token(400, "grant_type", "refresh_token", "refresh_token", right, "scope", SCOPES);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "alice@contoso.example, wonderland, 0",
        "ALICE@contoso.example, wonderland, 0",
        "alice@contoso.example, looking-glass, 50126",
        "bob@contoso.example, any, 50126",
        "carol@contoso.example, any, 50034"
    })
    void password_users_areKnownOrNot(String name, String password, double code) throws Exception {
        Map<String, Object> body = token(
                code == 0 ? 200 : 400,
                "grant_type",
                "password",
                "username",
                name,
                "password",
                password,
                "scope",
                SCOPES);

        assertEquals(code == 0 ? null : List.of(code), body.get("error_codes"));
        cloud.assertNoViolations();
    }

    private Map<String, Object> device() throws Exception {
        return post(200, "organizations", "devicecode", "scope", SCOPES);
    }

    private Map<String, Object> poll(int status, Map<String, Object> device) throws Exception {
        return token(
                status,
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code",
                "device_code",
                (String) device.get("device_code"),
                "scope",
                SCOPES);
    }

    @Test
    void device_approvedOnThePage_givesAToken() throws Exception {
        Map<String, Object> device = device();
        assertEquals(authority.uri() + "devicelogin", device.get("verification_uri"));
        assertEquals("authorization_pending", poll(400, device).get("error"));
        assertEquals(List.of(device.get("user_code")), signIns.openDevices());
        ScriptedBrowser.Page page =
                browser.open(URI.create(device.get("verification_uri") + "?otc=" + device.get("user_code")));
        assertTrue(page.body().contains("value=\"" + device.get("user_code") + "\""), page.body());

        HttpCalls.Answer done = HttpCalls.post(
                authority.sslContext(),
                authority.uri() + "devicelogin",
                "decision=accept&user=alice%40contoso.example&code="
                        + device.get("user_code").toString().toLowerCase(Locale.ROOT));

        assertTrue(done.body().contains("You have signed in"), done.body());
        cloud.clock().advance(Duration.ofSeconds(5));
        Map<String, Object> claims = JwtSigner.claims((String) poll(200, device).get("access_token"));
        assertEquals(alice.objectId(), claims.get("oid"));
        cloud.clock().advance(Duration.ofSeconds(5));
        assertEquals(List.of(54005.0), poll(400, device).get("error_codes"));
        cloud.assertNoViolations();
    }

    @Test
    void device_asksTooOften_mustSlowDown() throws Exception {
        Map<String, Object> device = device();
        assertEquals("authorization_pending", poll(400, device).get("error"));
        cloud.clock().advance(Duration.ofSeconds(3));
        assertEquals("slow_down", poll(400, device).get("error"));
        cloud.clock().advance(Duration.ofSeconds(6));
        assertEquals("slow_down", poll(400, device).get("error"));
        cloud.clock().advance(Duration.ofSeconds(15));
        assertEquals("authorization_pending", poll(400, device).get("error"));
    }

    @Test
    void device_declined_isRefused() throws Exception {
        Map<String, Object> device = device();
        signIns.declineDevice((String) device.get("user_code"));

        assertEquals("authorization_declined", poll(400, device).get("error"));
        assertEquals(List.of(), signIns.openDevices());
    }

    @Test
    void device_late_isExpired() throws Exception {
        Map<String, Object> device = device();
        cloud.clock().advance(Duration.ofMinutes(15));

        assertEquals("expired_token", poll(400, device).get("error"));
    }

    @Test
    void device_unknownCodes_areRefused() throws Exception {
        assertEquals(
                "bad_verification_code", poll(400, Map.of("device_code", "x")).get("error"));
        assertThrows(IllegalArgumentException.class, () -> signIns.approveDevice("NOSUCHCODE", alice));
        HttpCalls.Answer page = HttpCalls.post(
                authority.sslContext(), authority.uri() + "devicelogin", "decision=accept&user=nobody&code=x");
        assertTrue(page.body().contains("That code did not work"), page.body());
    }

    @Test
    void device_confidentialOrUnknownApplication_isRefused() throws Exception {
        authority.registerApplication(
                Application.builder("web").secret("s3cret").build());

        assertEquals(
                List.of(7000218.0),
                post(401, "organizations", "devicecode", "client_id", "web", "scope", SCOPES)
                        .get("error_codes"));
        assertEquals(
                List.of(700016.0),
                post(400, "organizations", "devicecode", "client_id", "nobody", "scope", SCOPES)
                        .get("error_codes"));
    }

    @Test
    void device_askedUnderMicrosoftsName_isTheSame() throws Exception {
        Map<String, Object> device = device();
        signIns.approveDevice((String) device.get("user_code"), bob);

        token(200, "grant_type", "device_code", "device_code", (String) device.get("device_code"), "scope", SCOPES);
    }

    @Test
    void userRealm_anyUser_isManaged() throws Exception {
        HttpCalls.Answer answer = HttpCalls.get(
                authority.sslContext(), authority.uri() + "common/userrealm/alice@contoso.example?api-version=1.0");

        assertEquals("Managed", Json.readObject(answer.body()).get("account_type"));
        assertEquals("contoso.example", Json.readObject(answer.body()).get("domain_name"));
        cloud.assertNoViolations();
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "organizations", EmbeddedAuthority.DEFAULT_TENANT})
    void tenant_ofTheAddress_mayBeAnybodys(String tenant) throws Exception {
        Map<String, Object> body = post(
                200,
                tenant,
                "token",
                "grant_type",
                "password",
                "username",
                alice.userName(),
                "password",
                "wonderland",
                "scope",
                SCOPES);

        assertEquals(
                EmbeddedAuthority.DEFAULT_TENANT,
                JwtSigner.claims((String) body.get("access_token")).get("tid"));
    }

    @Test
    void users_registered_areListedOncePerName() {
        authority.registerUser(User.named("ALICE@contoso.example"));

        assertEquals(
                List.of("bob@contoso.example", "ALICE@contoso.example"),
                signIns.users().stream().map(User::userName).toList());
    }
}
