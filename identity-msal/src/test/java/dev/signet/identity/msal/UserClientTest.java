// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.Secret;
import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.TokenRequestContext;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserClientTest extends EntraFixture {
    private static final URI REDIRECT = URI.create("http://localhost:8400");
    private static final AuthorizationCode CODE = AuthorizationCode.of(Secret.of("K"), REDIRECT);

    private final UserClient client = builder().build();

    private AuthenticationRecord signIn(TokenRequestContext request, long lifetime, String more) {
        entra.next("token", 200, ScriptedEntra.tokenBody("first", lifetime, more));
        return client.redeem(CODE, request).account();
    }

    @Test
    void redeem_code_isWhatWasGiven() {
        UserToken token = client.redeem(CODE.withVerifier(Secret.of("V")), REQUEST);

        assertEquals("at1", token.token().token());
        assertEquals(List.of("POST " + TOKEN_ADDRESS), entra.addresses());
        Map<String, String> form = entra.form();
        assertEquals(words("openid profile offline_access " + SCOPE), words(form.remove("scope")));
        assertEquals(
                Map.of(
                        "grant_type", "authorization_code",
                        "code", "K",
                        "redirect_uri", "http://localhost:8400",
                        "code_verifier", "V",
                        "client_id", CLIENT_ID,
                        "client_info", "1"),
                form);
    }

    @Test
    void redeem_answer_saysWhoSignedIn() {
        AuthenticationRecord account = client.redeem(CODE, REQUEST).account();

        assertEquals("login.microsoftonline.com", account.authority());
        assertEquals(ScriptedEntra.HOME, account.homeAccountId());
        assertEquals(ScriptedEntra.TENANT_ID, account.tenantId());
        assertEquals(CLIENT_ID, account.clientId());
        assertEquals(ScriptedEntra.USER, account.userName());
    }

    @Test
    void redeem_confidentialClient_sendsItsSecret() {
        builder().clientSecret(Secret.of("s+1")).build().redeem(CODE, REQUEST);

        assertEquals("s+1", entra.form().get("client_secret"));
        assertFalse(entra.form().containsKey("code_verifier"));
    }

    @Test
    void redeem_claimsAndCae_areMergedIntoTheForm() {
        client.redeem(CODE, REQUEST.withCaeEnabled(true).withClaims("{\"access_token\":{\"nbf\":{\"value\":\"1\"}}}"));

        assertEquals(
                "{\"access_token\":{\"xms_cc\":{\"values\":[\"CP1\"]},\"nbf\":{\"value\":\"1\"}}}",
                entra.form().get("claims"));
    }

    @Test
    void redeem_anotherTenant_isAsked() {
        client.redeem(CODE, REQUEST.withTenantId("fabrikam.com"));

        assertEquals(
                "POST https://login.microsoftonline.com/fabrikam.com/oauth2/v2.0/token",
                entra.addresses().get(0));
    }

    @Test
    void redeem_answerLost_isNotSentAgain() {
        entra.next("token", ScriptedEntra.lost(new IOException("reset")));

        assertThrows(ClientAuthenticationException.class, () -> client.redeem(CODE, REQUEST));

        assertEquals(1, entra.requests().size());
    }

    @Test
    void redeem_notConnected_isSentAgain() {
        entra.next("token", ScriptedEntra.lost(new java.net.ConnectException("refused")))
                .next("token", 503, "");

        assertEquals("at1", client.redeem(CODE, REQUEST).token().token());

        assertEquals(3, entra.requests().size());
    }

    @Test
    void silent_freshToken_asksNobody() {
        AuthenticationRecord account = signIn(REQUEST, 3599, "");

        UserToken again = client.silent(account, REQUEST);

        assertEquals("first", again.token().token());
        assertEquals(NAME, again.token().credentialName());
        assertEquals(1, entra.requests().size());
    }

    @Test
    void silent_otherScope_refreshes() {
        AuthenticationRecord account = signIn(REQUEST, 3599, "");

        assertEquals(
                "at1",
                client.silent(account, TokenRequestContext.of("api://x/y"))
                        .token()
                        .token());

        Map<String, String> form = entra.form();
        assertEquals(words("openid profile offline_access api://x/y"), words(form.remove("scope")));
        assertEquals(
                Map.of(
                        "grant_type", "refresh_token",
                        "refresh_token", "rt-first",
                        "client_id", CLIENT_ID,
                        "client_info", "1"),
                form);
    }

    @Test
    void silent_answerWithoutIdToken_isOfTheSameUser() {
        AuthenticationRecord account = signIn(REQUEST, 5, "");
        entra.next("token", 200, "{\"token_type\":\"Bearer\",\"access_token\":\"bare\",\"expires_in\":3599}");

        UserToken token = client.silent(account, REQUEST);

        assertEquals("bare", token.token().token());
        assertEquals(ScriptedEntra.HOME, token.account().homeAccountId());
        assertEquals(ScriptedEntra.USER, token.account().userName());
    }

    @Test
    void silent_otherTenant_refreshesThere() {
        AuthenticationRecord account = signIn(REQUEST, 3599, "");

        client.silent(account, REQUEST.withTenantId("fabrikam.com"));

        assertEquals(
                "POST https://login.microsoftonline.com/fabrikam.com/oauth2/v2.0/token",
                entra.addresses().get(1));
        assertEquals("refresh_token", entra.form().get("grant_type"));
    }

    @Test
    @DisplayName("SI01 renewal fails, token good")
    void silent_renewalFails_keepsTheToken() {
        AuthenticationRecord account = signIn(REQUEST, 3599, ",\"refresh_in\":10");
        context.clock().advance(Duration.ofSeconds(20));
        for (int i = 0; i < 4; i++) {
            entra.next("token", 500, "");
        }

        assertEquals("first", client.silent(account, REQUEST).token().token());

        assertEquals(5, entra.requests().size());
    }

    @ParameterizedTest(name = "{0} s left, {1}: {2}")
    @CsvSource({
        "250, 501, first",
        "14,  501, first",
        "9,   501, refused",
        "305, 400, first",
        "250, 400, sign in",
    })
    void silent_refreshFails_dependsOnWhatIsLeft(long left, int status, String expected) {
        AuthenticationRecord account = signIn(REQUEST, left, ",\"refresh_in\":1");
        context.clock().advance(Duration.ofMillis(1500));
        for (int i = 0; i < 4; i++) {
            entra.next("token", status, ScriptedEntra.error("invalid_grant", 70008, ""));
        }
        String got;
        try {
            got = client.silent(account, REQUEST).token().token();
        } catch (AuthenticationRequiredException signIn) {
            got = "sign in";
        } catch (ClientAuthenticationException refused) {
            got = "refused";
        }
        assertEquals(expected, got);
    }

    @Test
    @DisplayName("SI02 claims")
    void silent_claims_reachTheRefresh() {
        AuthenticationRecord account = signIn(REQUEST.withCaeEnabled(true), 3599, "");

        AccessToken token = client.silent(
                        account,
                        REQUEST.withCaeEnabled(true).withClaims("{\"access_token\":{\"nbf\":{\"value\":\"1\"}}}"))
                .token();

        assertEquals("at1", token.token());
        assertEquals("refresh_token", entra.form().get("grant_type"));
        assertEquals(
                "{\"access_token\":{\"xms_cc\":{\"values\":[\"CP1\"]},\"nbf\":{\"value\":\"1\"}}}",
                entra.form().get("claims"));
    }

    @Test
    @DisplayName("SI03 throttled")
    void silent_afterThrottling_waitsAsLongAsAsked() {
        AuthenticationRecord account = signIn(REQUEST, 5, "");
        for (int i = 0; i < 4; i++) {
            entra.next("token", () -> ScriptedEntra.response(429, "", "Retry-After", "60"));
        }
        assertThrows(ClientAuthenticationException.class, () -> client.silent(account, REQUEST));
        int asked = entra.requests().size();
        context.clock().advance(Duration.ofSeconds(1));

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> client.silent(account, REQUEST));

        assertEquals(asked, entra.requests().size());
        assertEquals(
                "TestCredential: the sign-in host asked to wait 59 s before the next request. Try again later.",
                failure.getMessage());
        assertEquals(Optional.of(Duration.ofSeconds(59)), failure.details().retryAfter());
        assertEquals(Outcome.TRANSIENT, failure.outcome());
        context.clock().advance(Duration.ofSeconds(59));
        ScriptedEntra fresh = new ScriptedEntra();
        context.transport(fresh);
        assertEquals("at1", client.silent(account, REQUEST).token().token());
    }

    @Test
    void silent_refusedOnce_isAskedAgain() {
        AuthenticationRecord account = signIn(REQUEST, 5, "");
        entra.nextError("invalid_grant", 50076);
        TokenRequestContext challenged = REQUEST.withClaims("{\"access_token\":{}}");
        assertThrows(AuthenticationRequiredException.class, () -> client.silent(account, challenged));

        assertEquals("at1", client.silent(account, REQUEST).token().token());
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_grant", "interaction_required", "login_required", "consent_required"})
    void silent_userMustAct_saysSo(String error) {
        AuthenticationRecord account = signIn(REQUEST, 5, "");
        entra.next("token", 400, ScriptedEntra.error(error, 50076, ",\"claims\":\"{\\\"a\\\":1}\""));

        AuthenticationRequiredException failure =
                assertThrows(AuthenticationRequiredException.class, () -> client.silent(account, REQUEST));

        assertEquals(
                "TestCredential: Entra refused the request with HTTP 400 (" + error
                        + "): AADSTS50076: no. Trace ID: t-1"
                        + " Correlation ID: c-1. Call authenticate() with this exception's request, or allow automatic"
                        + " prompts.",
                failure.getMessage());
        assertEquals(Outcome.INTERACTION_REQUIRED, failure.outcome());
        assertEquals(REQUEST.withClaims("{\"a\":1}"), failure.request());
        assertEquals(List.of(50076), failure.details().aadstsCodes());
    }

    @Test
    void silent_otherRefusal_isARefusal() {
        AuthenticationRecord account = signIn(REQUEST, 5, "");
        entra.next("token", 401, ScriptedEntra.error("invalid_client", 7000218, ""));

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> client.silent(account, REQUEST));

        assertFalse(failure instanceof AuthenticationRequiredException);
        assertTrue(
                failure.getMessage()
                        .endsWith(" Allow public client flows for the application, or give its client secret."),
                failure.getMessage());
    }

    @Test
    void silent_strangerOrNothingToRefreshWith_mustSignIn() {
        AuthenticationRecord account = signIn(REQUEST, 3599, "");
        UserClient other = builder().build();

        AuthenticationRequiredException failure =
                assertThrows(AuthenticationRequiredException.class, () -> other.silent(account, REQUEST));

        assertEquals(
                "TestCredential: nobody is signed in for this request. Call authenticate() with this exception's request,"
                        + " or allow automatic prompts.",
                failure.getMessage());
        assertEquals(1, entra.requests().size());
    }

    @Test
    void silent_noRefreshToken_mustSignIn() {
        String body = ScriptedEntra.tokenBody("first", 5, "").replace("refresh_token", "x");
        entra.next("token", 200, body);
        AuthenticationRecord account = client.redeem(CODE, REQUEST).account();

        assertThrows(AuthenticationRequiredException.class, () -> client.silent(account, REQUEST));

        assertEquals(1, entra.requests().size());
    }

    @Test
    @DisplayName("PC02 in memory: revocable tokens apart")
    void silent_caeAndNot_areApart() {
        AuthenticationRecord account = signIn(REQUEST, 3599, "");

        assertThrows(AuthenticationRequiredException.class, () -> client.silent(account, REQUEST.withCaeEnabled(true)));

        assertEquals(1, client.accounts(false).size());
        assertEquals(0, client.accounts(true).size());
    }

    @Test
    void accounts_severalUsers_areAllThere() {
        signIn(REQUEST, 3599, "");
        entra.next("token", 200, ScriptedEntra.tokenBody("o-2", "mario@contoso.com", "at", 3599, ""));
        client.redeem(CODE, REQUEST);

        List<String> names = client.accounts(false).stream()
                .map(AuthenticationRecord::userName)
                .sorted()
                .toList();

        assertEquals(List.of("maria@contoso.com", "mario@contoso.com"), names);
        assertEquals(ScriptedEntra.TENANT_ID, client.accounts(false).get(0).tenantId());
    }

    @Test
    void authorizeEndpoint_request_isInItsTenant() {
        assertEquals(
                URI.create("https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize"),
                client.authorizeEndpoint(REQUEST));
        assertEquals(
                URI.create("https://login.microsoftonline.com/fabrikam.com/oauth2/v2.0/authorize"),
                client.authorizeEndpoint(REQUEST.withTenantId("fabrikam.com")));
    }

    @Test
    void build_persistenceWithoutItsModule_namesTheArtifact() {
        UserClient.Builder builder = builder().persistence(TokenCachePersistenceOptions.defaults());

        IllegalStateException failure = assertThrows(IllegalStateException.class, builder::build);

        assertEquals(
                "TestCredential: tokenCachePersistenceOptions are set, but nothing is installed that keeps a token cache;"
                        + " add dev.signet:token-cache-persistence, or leave the options out",
                failure.getMessage());
        assertFalse(TokenCacheStoreProvider.isInstalled());
    }
}
