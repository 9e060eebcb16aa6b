// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.msal.AuthenticationRecord;
import dev.signet.identity.msal.UserClient;
import dev.signet.identity.testkit.EmbeddedAuthority;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows IB01 to IB21. */
class InteractiveBrowserCredentialTest extends UserFixture {
    private static final String CHALLENGE = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}";
    private static final String BOTH =
            "{\"access_token\":{\"xms_cc\":{\"values\":[\"CP1\"]}," + "\"nbf\":{\"essential\":true,\"value\":\"1\"}}}";

    @Test
    @DisplayName("IB01 defaults: authorize address, form post, redemption")
    void getToken_nobodySignedIn_opensTheBrowserAndRedeemsTheCode() throws Exception {
        AccessToken token = interactive().build().getToken(REQUEST);

        assertAlice(token);
        assertEquals("InteractiveBrowserCredential", token.credentialName());
        String address = browser.opened().get(0).toString();
        assertTrue(
                address.matches("\\Q" + authority.uri() + "organizations/oauth2/v2.0/authorize?client_id="
                        + UserClient.DEVELOPER_SIGN_ON
                        + "&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A\\E\\d+"
                        + "\\Q&scope=openid%20profile%20offline_access%20https%3A%2F%2Fvault.azure.net%2F.default"
                        + "&response_mode=form_post&code_challenge=\\E[\\w-]{43}&code_challenge_method=S256"
                        + "&state=[\\w-]{43}&prompt=select_account"),
                address);
        assertEquals(
                new TreeMap<>(Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        "*",
                        "redirect_uri",
                        browser.query().get("redirect_uri"),
                        "code_verifier",
                        "*",
                        "client_id",
                        UserClient.DEVELOPER_SIGN_ON,
                        "scope",
                        "*",
                        "client_info",
                        "1")),
                form(lastRequest(), "code", "code_verifier", "scope"));
        assertEquals(words(OPEN_ID + SCOPE), words(lastRequest().form("scope").orElseThrow()));
        byte[] verifier = lastRequest().form("code_verifier").orElseThrow().getBytes(StandardCharsets.US_ASCII);
        assertEquals(
                browser.query().get("code_challenge"),
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier)));
    }

    @Test
    void getToken_twoSignIns_haveNothingInCommon() {
        interactive().build().getToken(REQUEST);
        Map<String, String> first = browser.query();
        interactive().build().getToken(REQUEST);

        assertNotEquals(first.get("state"), browser.query().get("state"));
        assertNotEquals(first.get("code_challenge"), browser.query().get("code_challenge"));
    }

    @Test
    @DisplayName("IB02 second call is cached")
    void getToken_again_isCached() {
        InteractiveBrowserCredential credential = interactive().build();
        AccessToken first = credential.getToken(REQUEST);

        assertSame(first, credential.getToken(REQUEST));
        assertEquals(1, browser.opened().size());
        assertEquals(List.of("authorization_code"), grants());
    }

    @Test
    @DisplayName("IB03 expired token, refresh token present: no browser")
    void getToken_expired_isRefreshed() {
        InteractiveBrowserCredential credential = interactive().build();
        AccessToken first = credential.getToken(REQUEST);
        cloud.clock().advance(Duration.ofHours(2));

        assertNotEquals(first, credential.getToken(REQUEST));
        assertEquals(List.of("authorization_code", "refresh_token"), grants());
        assertEquals(1, browser.opened().size());
    }

    @Test
    @DisplayName("IB04 refresh refused with 700082: browser once more")
    void getToken_signInExpired_opensTheBrowserAgain() {
        InteractiveBrowserCredential credential = interactive().build();
        credential.getToken(REQUEST);
        cloud.clock().advance(Duration.ofHours(2));
        authority.enqueue(
                Reply.json(
                        400,
                        "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS700082: expired\",\"error_codes\":[700082]}"));

        assertAlice(credential.getToken(REQUEST));
        assertEquals(List.of("authorization_code", "refresh_token", "authorization_code"), grants());
        assertEquals(2, browser.opened().size());
    }

    @Test
    @DisplayName("IB05 refresh answers 503: no browser")
    void getToken_entraIsDown_doesNotOpenTheBrowser() {
        InteractiveBrowserCredential credential = interactive().build();
        credential.getToken(REQUEST);
        cloud.clock().advance(Duration.ofHours(2));
        authority.always(Reply.status(503));

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> credential.getToken(REQUEST));

        assertEquals(Outcome.TRANSIENT, failure.outcome());
        assertEquals(503, failure.details().httpStatus().orElseThrow());
        assertEquals(1, browser.opened().size());
    }

    @Test
    @DisplayName("IB06 prompts disabled, empty cache: authentication required with the request")
    void getToken_promptsDisabled_needsAuthentication() {
        InteractiveBrowserCredential credential =
                interactive().disableAutomaticAuthentication().build();
        TokenRequestContext request =
                REQUEST.withCaeEnabled(true).withTenantId(OTHER_TENANT).withClaims(CHALLENGE);

        AuthenticationRequiredException needed =
                assertThrows(AuthenticationRequiredException.class, () -> credential.getToken(request));

        assertEquals(request, needed.request());
        assertEquals(
                "InteractiveBrowserCredential: nobody is signed in for this request. Call authenticate() with this"
                        + " exception's request, or allow automatic prompts.",
                needed.getMessage());
        assertTrue(browser.opened().isEmpty());
        assertTrue(authority.requests().isEmpty());
    }

    @Test
    @DisplayName("IB07 authenticate() with the exception's request gives a record")
    void authenticate_promptsDisabled_givesARecord() {
        InteractiveBrowserCredential credential =
                interactive().disableAutomaticAuthentication().build();
        AuthenticationRequiredException needed =
                assertThrows(AuthenticationRequiredException.class, () -> credential.getToken(REQUEST));

        AuthenticationRecord record = credential.authenticate(needed.request());

        assertEquals(alice.objectId() + "." + EmbeddedAuthority.DEFAULT_TENANT, record.homeAccountId());
        assertEquals(alice.userName(), record.userName());
        assertEquals(UserClient.DEVELOPER_SIGN_ON, record.clientId());
        assertTrue(record.toJson().contains("\"version\":\"1.0\""), record.toJson());
        assertAlice(credential.getToken(REQUEST));
        assertEquals(1, browser.opened().size());
        assertEquals(List.of("authorization_code"), grants());
    }

    @Test
    void authenticate_anotherUser_replacesTheFirst() {
        InteractiveBrowserCredential credential = interactive().build();
        credential.getToken(REQUEST);
        browser.signsInAs(bob);

        credential.authenticate(REQUEST);

        assertUser(bob, EmbeddedAuthority.DEFAULT_TENANT, credential.getToken(REQUEST));
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.microsoftonline.com, https://management.core.windows.net//.default",
        "https://login.microsoftonline.us, https://management.core.usgovcloudapi.net//.default",
        "https://login.chinacloudapi.cn, https://management.core.chinacloudapi.cn//.default"
    })
    void authenticate_withoutRequest_signsInForTheCloudsManagement(String host, String scope) {
        browser.does(address -> {
            throw new IllegalStateException("seen");
        });
        InteractiveBrowserCredential credential =
                interactive().authorityHost(host).build();

        assertThrows(IllegalStateException.class, credential::authenticate);

        assertEquals(OPEN_ID + scope, browser.query().get("scope"));
    }

    @Test
    @DisplayName("IB21 authenticate() without a request at an unknown host: scopes needed")
    void authenticate_withoutRequestAtAnUnknownHost_needsAScope() {
        CredentialUnavailableException failure =
                assertThrows(CredentialUnavailableException.class, interactive().build()::authenticate);

        assertEquals(
                "InteractiveBrowserCredential: which scope to sign in for is not known for the authority host localhost."
                        + " Call authenticate with a request that names a scope.",
                failure.getMessage());
        assertTrue(browser.opened().isEmpty());
    }

    @Test
    @DisplayName("IB09 login hint")
    void getToken_loginHint_isProposedWithoutPrompt() {
        interactive().loginHint("u+1@x.example").build().getToken(REQUEST);

        assertEquals("u+1@x.example", browser.query().get("login_hint"));
        assertFalse(browser.query().containsKey("prompt"));
    }

    @Test
    void getToken_settings_standForTheBuilders() throws IOException {
        int port = freePort();
        context.setting("loginHint", "carol@x.example").setting("redirectUri", "http://localhost:" + port);

        interactive().build().getToken(REQUEST);

        assertEquals("carol@x.example", browser.query().get("login_hint"));
        assertEquals("http://localhost:" + port, browser.query().get("redirect_uri"));
    }

    @ParameterizedTest
    @EnumSource
    void getToken_prompt_isSent(SignInPrompt prompt) {
        interactive().prompt(prompt).loginHint("u@x.example").build().getToken(REQUEST);

        assertEquals(prompt.name().toLowerCase(Locale.ROOT), browser.query().get("prompt"));
        assertEquals("u@x.example", browser.query().get("login_hint"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @ParameterizedTest(name = "IB10 redirect {0}")
    @ValueSource(
            strings = {
                "http://localhost:%d",
                "http://localhost:%d/",
                "http://localhost:%d/sign/in",
                "http://127.0.0.1:%d"
            })
    void getToken_redirectUri_isListenedOn(String template) throws IOException {
        String redirect = String.format(Locale.ROOT, template, freePort());

        assertAlice(interactive().redirectUri(URI.create(redirect)).build().getToken(REQUEST));

        assertEquals(redirect, browser.query().get("redirect_uri"));
        assertEquals(redirect, lastRequest().form("redirect_uri").orElseThrow());
    }

    @Test
    @DisplayName("IB10 redirect to IPv6")
    void getToken_redirectUriOfIpv6_isListenedOn() throws IOException {
        assumeTrue(hasIpv6());
        String redirect = "http://[::1]:" + freePort();

        assertAlice(interactive().redirectUri(URI.create(redirect)).build().getToken(REQUEST));
    }

    private static boolean hasIpv6() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return socket.isBound();
        } catch (IOException none) {
            return false;
        }
    }

    @ParameterizedTest(name = "IB10 port taken at {0}")
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void getToken_portTaken_namesThePort(String address) throws IOException {
        assumeTrue(!address.contains(":") || hasIpv6());
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            InteractiveBrowserCredential credential =
                    interactive().port(taken.getLocalPort()).build();

            ClientAuthenticationException failure =
                    assertThrows(ClientAuthenticationException.class, () -> credential.getToken(REQUEST));

            assertEquals(
                    "InteractiveBrowserCredential: port " + taken.getLocalPort() + " of this machine cannot be listened"
                            + " on for the browser's answer: Address already in use. End the program that uses it, or set"
                            + " another redirectUri.",
                    failure.getMessage());
            assertEquals(Outcome.UNAVAILABLE, failure.outcome());
            assertTrue(browser.opened().isEmpty());
        }
    }

    @ParameterizedTest(name = "IB11 redirect {0}")
    @CsvSource({
        "https://localhost, redirectUri must be an http address of this machine such as http://localhost:8400",
        "http://example.com, redirectUri must be an http address of this machine such as http://localhost:8400",
        "http://localhost.example.com:80, redirectUri must be an http address of this machine such as http://localhost:8400",
        "urn:ietf:wg:oauth:2.0:oob, redirectUri must be an http address of this machine such as http://localhost:8400",
        "http://127.0.0.1, 'redirectUri needs a port, for example http://127.0.0.1:8400'",
        "http://[::1], 'redirectUri needs a port, for example http://[::1]:8400'",
        "http://localhost:0, 'redirectUri needs a port, for example http://localhost:8400'",
        "http://localhost:8400/?x=y, redirectUri must have neither user information nor query nor fragment",
        "http://localhost:8400/#x, redirectUri must have neither user information nor query nor fragment",
        "http://a:b@localhost:8400, redirectUri must have neither user information nor query nor fragment"
    })
    void build_redirectUriElsewhere_isRefused(URI redirect, String why) {
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class,
                () -> interactive().redirectUri(redirect).build());

        assertEquals("InteractiveBrowserCredential: " + why, failure.getMessage());
    }

    @Test
    void build_redirectUriWithoutPort_takesAnyPortOfLocalhost() {
        assertAlice(interactive()
                .redirectUri(URI.create("http://localhost"))
                .build()
                .getToken(REQUEST));

        assertTrue(browser.query().get("redirect_uri").matches("http://localhost:\\d+"), browser.query()::toString);
    }

    @Test
    void build_redirectUriSettingThatIsNone_isRefused() {
        context.setting("redirectUri", "http://local host");

        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> interactive().build());

        assertEquals(
                "InteractiveBrowserCredential: redirectUri is no address; set one such as http://localhost:8400",
                failure.getMessage());
    }

    @Test
    @DisplayName("IB12 both port and redirect")
    void build_portAndRedirectUri_isRefused() {
        InteractiveBrowserCredential.Builder builder =
                interactive().port(8400).redirectUri(URI.create("http://localhost:8400"));

        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, builder::build);

        assertEquals(
                "InteractiveBrowserCredential: redirectUri and port are both set; set one of them",
                failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65536})
    void build_impossiblePort_isRefused(int port) {
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class, () -> interactive().port(port).build());

        assertEquals("InteractiveBrowserCredential: port must be from 1 to 65535", failure.getMessage());
    }

    @Test
    void build_noTimeout_isRefused() {
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class,
                () -> interactive().timeout(Duration.ZERO).build());

        assertEquals("InteractiveBrowserCredential: timeout must be at least a millisecond", failure.getMessage());
    }

    @Test
    @DisplayName("IB17 claims and CAE: at the authorize endpoint and at the redemption")
    void getToken_claims_areAskedForTwice() {
        InteractiveBrowserCredential credential = interactive().build();

        assertAlice(credential.getToken(REQUEST.withCaeEnabled(true).withClaims(CHALLENGE)));

        assertEquals(BOTH, browser.query().get("claims"));
        assertEquals(BOTH, lastRequest().form("claims").orElseThrow());
        credential.getToken(REQUEST.withCaeEnabled(true));
        assertEquals(1, browser.opened().size());
        assertEquals(1, authority.requests().size());
        credential.getToken(REQUEST);
        assertEquals(2, browser.opened().size(), "tokens that cannot be revoked are another application's, as it were");
        assertFalse(browser.query().containsKey("claims"));
    }

    @Test
    void getToken_refusalWithClaims_asksTheUserForThem() {
        InteractiveBrowserCredential credential = interactive().build();
        credential.getToken(REQUEST);
        authority.enqueue(Reply.json(
                400,
                "{\"error\":\"interaction_required\",\"error_description\":\"AADSTS50076: mfa\",\"error_codes\":[50076],"
                        + "\"claims\":\"{\\\"access_token\\\":{\\\"acrs\\\":{\\\"value\\\":\\\"c1\\\"}}}\"}"));

        credential.getToken(OTHER_REQUEST);

        assertEquals(
                "{\"access_token\":{\"acrs\":{\"value\":\"c1\"}}}",
                browser.query().get("claims"));
    }

    @Test
    @DisplayName("IB18 other tenant, allowed")
    void getToken_otherTenant_isAskedThere() {
        AccessToken token = interactive()
                .tenantId(EmbeddedAuthority.DEFAULT_TENANT)
                .additionallyAllowedTenants(List.of(OTHER_TENANT))
                .build()
                .getToken(REQUEST.withTenantId(OTHER_TENANT));

        assertUser(alice, OTHER_TENANT, token);
        assertEquals(
                "/" + OTHER_TENANT + "/oauth2/v2.0/authorize",
                browser.opened().get(0).getPath());
        assertEquals("/" + OTHER_TENANT + "/oauth2/v2.0/token", lastRequest().path());
    }

    @Test
    void getToken_otherTenantNotAllowed_isRefusedWithoutBrowser() {
        InteractiveBrowserCredential credential =
                interactive().tenantId(EmbeddedAuthority.DEFAULT_TENANT).build();

        assertThrows(
                ClientAuthenticationException.class, () -> credential.getToken(REQUEST.withTenantId(OTHER_TENANT)));
        CompletableFuture<AccessToken> async = credential.getTokenAsync(REQUEST.withTenantId(OTHER_TENANT));
        assertTrue(async.isCompletedExceptionally());
        assertTrue(browser.opened().isEmpty());
    }

    @ParameterizedTest(name = "IB19 two callers, {0}")
    @ValueSource(strings = {SCOPE, OTHER_SCOPE})
    void getToken_twoCallersAtOnce_shareOneBrowser(String secondScope) throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch both = new CountDownLatch(1);
        browser.does(address -> {
            open.countDown();
            await(both);
            browser.signsInAs(alice);
            new Thread(() -> browser.open(address)).start();
        });
        InteractiveBrowserCredential credential = interactive().build();
        CompletableFuture<AccessToken> first = credential.getTokenAsync(REQUEST);
        await(open);
        CompletableFuture<AccessToken> second = credential.getTokenAsync(TokenRequestContext.of(secondScope));
        both.countDown();

        assertAlice(first.get());
        assertAlice(second.get());
        assertEquals(
                1,
                browser.opened().stream()
                        .map(address -> TestBrowser.query(address).get("state"))
                        .distinct()
                        .count());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    @DisplayName("IB08 record without a cache: the user is proposed, the record's tenant asked")
    void getToken_recordWithoutCache_proposesTheUser() {
        AuthenticationRecord record = interactive().build().authenticate(REQUEST);
        context = context();
        InteractiveBrowserCredential later =
                interactive().authenticationRecord(record).build();

        assertAlice(later.getToken(REQUEST));

        assertEquals(alice.userName(), browser.query().get("login_hint"));
        assertEquals(
                "/" + EmbeddedAuthority.DEFAULT_TENANT + "/oauth2/v2.0/authorize",
                browser.opened().get(1).getPath());
    }

    @Test
    void build_recordOfAnotherCloud_isRefused() {
        AuthenticationRecord record = AuthenticationRecord.fromJson(
                "{\"authority\":\"login.microsoftonline.us\",\"homeAccountId\":\"o.t\",\"tenantId\":\"t\","
                        + "\"clientId\":\"c\",\"username\":\"u@x\"}");

        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class,
                () -> interactive().authenticationRecord(record).build());

        assertEquals(
                "InteractiveBrowserCredential: the authentication record is of login.microsoftonline.us, not of the"
                        + " authority host " + authority.uri().getAuthority()
                        + "; set authorityHost to the record's cloud, or sign in again",
                failure.getMessage());
    }

    @Test
    void asChainMember_sharesTheUser() {
        InteractiveBrowserCredential credential = interactive().build();
        credential.getToken(REQUEST);

        assertAlice(credential.asChainMember().getToken(REQUEST));

        assertEquals(1, browser.opened().size());
        assertEquals(List.of("authorization_code"), grants());
    }

    @Test
    void clearCache_tokens_areHadAnewForTheSameUser() {
        InteractiveBrowserCredential credential = interactive().build();
        credential.getToken(REQUEST);

        credential.clearCache();
        assertAlice(credential.getToken(REQUEST));

        assertEquals(1, browser.opened().size());
    }

    @Test
    void context_ownSettings_areUsed() {
        TestContext own = context().tenantId(OTHER_TENANT);

        AccessToken token = InteractiveBrowserCredential.builder()
                .context(own)
                .browserOpener(browser)
                .build()
                .getToken(REQUEST);

        assertUser(alice, OTHER_TENANT, token);
        assertEquals(Optional.of(UserClient.DEVELOPER_SIGN_ON), lastRequest().form("client_id"));
    }

    @Test
    void toString_isTheName() {
        assertEquals("InteractiveBrowserCredential", interactive().build().toString());
        assertEquals(
                "InteractiveBrowserCredential",
                interactive().build().asChainMember().toString());
    }
}
