// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.Secret;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.TokenCache;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class UserLoginTest extends EntraFixture {
    private final UserClient client = builder().build();
    private final List<TokenRequestContext> prompts = Collections.synchronizedList(new ArrayList<>());
    private final UserLogin login = UserLogin.of(client, this::signIn);

    private UserToken signIn(TokenRequestContext request) {
        prompts.add(request);
        return client.redeem(AuthorizationCode.of(Secret.of("K"), URI.create("http://localhost:8400")), request);
    }

    @Test
    void fetch_nobodySignedIn_prompts() {
        assertEquals("at1", login.fetch(REQUEST, null).token());

        assertEquals(List.of(REQUEST), prompts);
        assertEquals(Optional.of(ScriptedEntra.USER), login.account().map(AuthenticationRecord::userName));
    }

    @Test
    void fetch_signedIn_isSilent() {
        login.fetch(REQUEST, null);

        login.fetch(TokenRequestContext.of("other"), null);

        assertEquals(1, prompts.size());
        assertEquals("refresh_token", entra.form().get("grant_type"));
    }

    @Test
    void fetch_userMustAct_promptsWithTheClaims() {
        login.fetch(REQUEST, null);
        entra.next("token", 400, ScriptedEntra.error("interaction_required", 50076, ",\"claims\":\"{\\\"a\\\":1}\""));
        TokenRequestContext other = TokenRequestContext.of("other");

        login.fetch(other, null);

        assertEquals(List.of(REQUEST, other.withClaims("{\"a\":1}")), prompts);
        assertEquals("{\"a\":1}", entra.form().get("claims"));
    }

    @Test
    void fetch_networkFails_neverPrompts() {
        login.fetch(REQUEST, null);
        for (int i = 0; i < 4; i++) {
            entra.next("token", 503, "");
        }

        ClientAuthenticationException failure = assertThrows(
                ClientAuthenticationException.class, () -> login.fetch(TokenRequestContext.of("other"), null));

        assertEquals(Outcome.TRANSIENT, failure.outcome());
        assertEquals(1, prompts.size());
    }

    @Test
    void fetch_promptsOff_saysWhatIsMissing() {
        AuthenticationRequiredException failure =
                assertThrows(AuthenticationRequiredException.class, () -> login.withoutPrompts()
                        .fetch(REQUEST, null));

        assertEquals(REQUEST, failure.request());
        assertEquals(0, entra.requests().size());
        assertEquals(List.of(), prompts);
    }

    @Test
    void fetch_promptsOffThenAuthenticated_isSilent() {
        UserLogin quiet = login.withoutPrompts();

        AuthenticationRecord account = quiet.authenticate(REQUEST);

        assertEquals(ScriptedEntra.HOME, account.homeAccountId());
        assertEquals("at1", quiet.fetch(REQUEST, null).token());
        assertEquals(1, prompts.size());
    }

    @Test
    void authenticate_signedIn_promptsAllTheSame() {
        login.fetch(REQUEST, null);

        login.authenticate(REQUEST);

        assertEquals(2, prompts.size());
    }

    @Test
    void fetch_withAccount_isSilentAtOnce() {
        AuthenticationRecord account = login.authenticate(REQUEST);

        UserLogin later = UserLogin.of(client, this::signIn).withAccount(account);

        assertEquals("at1", later.fetch(REQUEST, null).token());
        assertEquals(1, prompts.size());
    }

    @Test
    void fetch_manyCallersAndScopes_shareOnePrompt() throws Exception {
        CountDownLatch prompted = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        UserLogin slow = UserLogin.of(client, request -> {
            prompted.countDown();
            awaitLatch(answer);
            return signIn(request);
        });
        TokenCache cache = TokenCache.of(NAME, context, slow, LoggerFactory.getLogger(UserLoginTest.class));
        ExecutorService callers = Executors.newFixedThreadPool(20);
        try {
            List<Future<AccessToken>> tokens = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                TokenRequestContext request = TokenRequestContext.of("scope-" + i % 4);
                tokens.add(callers.submit(() -> cache.get(request)));
            }
            awaitLatch(prompted);
            answer.countDown();
            for (Future<AccessToken> token : tokens) {
                assertTrue(token.get(20, TimeUnit.SECONDS).token().startsWith("at"));
            }
        } finally {
            callers.shutdownNow();
        }
        assertEquals(1, prompts.size());
        assertEquals(4, entra.requests().size());
    }

    @Test
    void fetch_interruptedWhileAnotherSignsIn_isCancelled() throws Exception {
        CountDownLatch prompted = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        UserLogin slow = UserLogin.of(client, request -> {
            prompted.countDown();
            awaitLatch(answer);
            return signIn(request);
        });
        Thread other = new Thread(() -> slow.authenticate(REQUEST));
        other.start();
        awaitLatch(prompted);
        Thread.currentThread().interrupt();

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> slow.fetch(REQUEST, null));

        assertTrue(Thread.interrupted());
        assertEquals(Outcome.CANCELLED, failure.outcome());
        answer.countDown();
        other.join();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void askingBy_anotherWay_sharesTheAccount() {
        List<TokenRequestContext> others = new ArrayList<>();
        UserLogin other = login.askingBy(request -> {
            others.add(request);
            return signIn(request);
        });
        other.fetch(REQUEST, null);

        login.fetch(TokenRequestContext.of("other"), null);

        assertEquals(List.of(REQUEST), others);
        assertEquals(1, prompts.size());
        assertEquals("refresh_token", entra.form().get("grant_type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"login.microsoftonline.com", "LOGIN.windows.net", "sts.windows.net"})
    void withAccount_sameCloud_isTaken(String authority) {
        AuthenticationRecord record = new AuthenticationRecord(authority, "o.t", "t", CLIENT_ID, "maria@contoso.com");

        assertEquals(Optional.of(record), login.withAccount(record).account());
    }

    @Test
    void withAccount_anotherCloud_isRefused() {
        AuthenticationRecord record =
                new AuthenticationRecord("login.microsoftonline.us", "o.t", "t", CLIENT_ID, "maria@contoso.com");

        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> login.withAccount(record));

        assertEquals(
                "TestCredential: the authentication record is of login.microsoftonline.us, not of the authority host"
                        + " login.microsoftonline.com; set authorityHost to the record's cloud, or sign in again",
                refusal.getMessage());
    }
}
