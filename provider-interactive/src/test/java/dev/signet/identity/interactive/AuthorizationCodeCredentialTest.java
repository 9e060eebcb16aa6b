// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.testkit.Application;
import dev.signet.identity.testkit.EmbeddedAuthority;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.ScriptedBrowser;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rows AC01 to AC04. */
class AuthorizationCodeCredentialTest extends UserFixture {
    private static final String APP = "6f0ad9ed-6a4f-4d32-a3ab-4a4e6f6b8f01";
    private static final String WEB = "6f0ad9ed-6a4f-4d32-a3ab-4a4e6f6b8f02";
    private static final URI REDIRECT = URI.create("https://app.example/callback");

    private Application app;
    private Application web;

    @BeforeEach
    void registerApplications() {
        app = authority.registerApplication(Application.builder(APP).build());
        web = authority.registerApplication(
                Application.builder(WEB).secret("s3cr+t&x").build());
    }

    private AuthorizationCodeCredential.Builder builder(Application application) {
        return AuthorizationCodeCredential.builder()
                .context(context)
                .clientId(application.clientId())
                .redirectUri(REDIRECT)
                .authorizationCode(code(application));
    }

    private String code(Application application) {
        return authority.signIns().authorizationCode(alice, application, REDIRECT);
    }

    private static ClientAuthenticationException failure(AuthorizationCodeCredential credential) {
        return assertThrows(ClientAuthenticationException.class, () -> credential.getToken(REQUEST));
    }

    @Test
    @DisplayName("AC01 code of a public client")
    void getToken_publicClient_redeemsTheCode() {
        AccessToken token = builder(app).build().getToken(REQUEST);

        assertAlice(token);
        assertEquals("AuthorizationCodeCredential", token.credentialName());
        assertEquals("/organizations/oauth2/v2.0/token", lastRequest().path());
        assertEquals(
                new TreeMap<>(Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        "*",
                        "redirect_uri",
                        REDIRECT.toString(),
                        "client_id",
                        APP,
                        "scope",
                        "*",
                        "client_info",
                        "1")),
                form(lastRequest(), "code", "scope"));
        assertEquals(words(OPEN_ID + SCOPE), words(lastRequest().form("scope").orElseThrow()));
    }

    @Test
    @DisplayName("AC02 code of a confidential client, with its secret")
    void getToken_confidentialClient_provesItself() {
        assertAlice(builder(web).clientSecret("s3cr+t&x").build().getToken(REQUEST));

        assertEquals(Optional.of("s3cr+t&x"), lastRequest().form("client_secret"));
        assertEquals(Optional.of(WEB), lastRequest().form("client_id"));
    }

    @Test
    @DisplayName("AC03 code twice: cached, then refreshed; the code is sent once")
    void getToken_again_doesNotSendTheCodeAgain() {
        AuthorizationCodeCredential credential = builder(app).build();
        AccessToken first = credential.getToken(REQUEST);
        assertSame(first, credential.getToken(REQUEST));
        assertAlice(credential.asChainMember().getToken(REQUEST));
        credential.clearCache();
        assertAlice(credential.getToken(REQUEST));
        assertEquals(List.of("authorization_code"), grants());
        cloud.clock().advance(Duration.ofHours(2));

        assertAlice(credential.getToken(REQUEST));
        assertAlice(credential.getToken(OTHER_REQUEST));

        assertEquals(List.of("authorization_code", "refresh_token", "refresh_token"), grants());
    }

    @Test
    @DisplayName("AC03 several callers at once: the code is sent once")
    void getToken_manyCallers_sendTheCodeOnce() {
        AuthorizationCodeCredential credential = builder(app).build();
        List<CompletableFuture<AccessToken>> tokens = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tokens.add(credential.getTokenAsync(i % 2 == 0 ? REQUEST : OTHER_REQUEST));
        }

        tokens.forEach(token -> assertAlice(token.join()));

        assertEquals(1, grants().stream().filter("authorization_code"::equals).count());
    }

    @Test
    @DisplayName("AC04 code refused with 70008: one request, then authentication required")
    void getToken_codeExpired_isNotSentAgain() {
        authority.enqueue(
                Reply.json(
                        400,
                        "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS70008: expired\",\"error_codes\":[70008]}"));
        AuthorizationCodeCredential credential = builder(app).build();

        ClientAuthenticationException failure = failure(credential);

        assertEquals(Outcome.REJECTED, failure.outcome());
        assertEquals(List.of(70008), failure.details().aadstsCodes());
        AuthenticationRequiredException needed =
                assertThrows(AuthenticationRequiredException.class, () -> credential.getToken(REQUEST));
        assertEquals(
                "AuthorizationCodeCredential: the authorization code was used, and what it gave will not do for this"
                        + " request. Send the user to the sign-in page again and make a credential of the new code.",
                needed.getMessage());
        assertEquals(REQUEST, needed.request());
        assertEquals(1, authority.requests().size());
    }

    @Test
    void getToken_signInRevoked_needsAuthentication() {
        AuthorizationCodeCredential credential = builder(app).build();
        credential.getToken(REQUEST);
        authority.signIns().revoke(alice);

        assertThrows(AuthenticationRequiredException.class, () -> credential.getToken(OTHER_REQUEST));
    }

    @Test
    void getToken_entraWasDown_sendsTheCodeAgain() {
        for (int i = 0; i < 4; i++) {
            authority.enqueue(Reply.status(503));
        }
        AuthorizationCodeCredential credential = builder(app).build();
        assertEquals(Outcome.TRANSIENT, failure(credential).outcome());

        assertAlice(credential.getToken(REQUEST));
    }

    @Test
    void getToken_codeOfAnotherRedirect_isRefused() {
        ClientAuthenticationException failure = failure(
                builder(app).redirectUri(URI.create("https://evil.example/")).build());

        assertEquals(Outcome.REJECTED, failure.outcome());
        assertEquals(List.of(500112), failure.details().aadstsCodes());
    }

    @Test
    void getToken_verifier_isSent() {
        URI address = URI.create(authority.uri() + EmbeddedAuthority.DEFAULT_TENANT + "/oauth2/v2.0/authorize?"
                + TestBrowser.form(
                        "client_id",
                        APP,
                        "response_type",
                        "code",
                        "redirect_uri",
                        REDIRECT.toString(),
                        "scope",
                        OPEN_ID + SCOPE,
                        "state",
                        "s",
                        "code_challenge",
                        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                        "code_challenge_method",
                        "S256"));
        ScriptedBrowser scripted = new ScriptedBrowser(authority);
        ScriptedBrowser.Page decided = scripted.decide(scripted.open(address), "accept", alice);
        String code =
                TestBrowser.query(URI.create(decided.headers().get("location"))).get("code");

        assertAlice(builder(app)
                .authorizationCode(code)
                .codeVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") // of RFC 7636 appendix B
                .tenantId(EmbeddedAuthority.DEFAULT_TENANT)
                .build()
                .getToken(REQUEST));

        assertEquals(
                "/" + EmbeddedAuthority.DEFAULT_TENANT + "/oauth2/v2.0/token",
                lastRequest().path());
    }

    @Test
    void build_nothingSet_namesAllThatIsMissing() {
        AuthorizationCodeCredential.Builder builder = AuthorizationCodeCredential.builder()
                .context(context)
                .authorizationCode(" ")
                .codeVerifier("")
                .clientSecret("")
                .clientId("");

        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, builder::build);

        assertEquals(
                "AuthorizationCodeCredential: clientId, authorizationCode, redirectUri not set; give what the sign-in page"
                        + " was asked with and what it sent",
                failure.getMessage());
    }

    @Test
    void build_clientIdInTheContext_isUsed() {
        context.clientId(APP);

        AccessToken token = AuthorizationCodeCredential.builder()
                .context(context)
                .redirectUri(REDIRECT)
                .authorizationCode(code(app))
                .build()
                .getToken(REQUEST);

        assertAlice(token);
        assertTrue(builder(app).build().toString().equals("AuthorizationCodeCredential"));
    }
}
