// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.msal.UserToken;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.testkit.TestContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The Windows broker against a fake of its runtime, in the shape that the real one documents. */
class WindowsBrokerTest {
    private static final BrokerUser ANN = new BrokerUser("u.t", "ann@contoso.com");
    private static final TokenRequestContext TOKENS =
            TokenRequestContext.of("https://a/.default", "https://b/.default");

    private final FakeWam wam = new FakeWam();
    private final Broker broker = broker(Duration.ofSeconds(20));

    private Broker broker(Duration timeout) {
        return new WindowsBroker("BrokerCredential", new TestContext(), () -> wam, timeout);
    }

    private static BrokerRequest request(BrokerUser user, TokenRequestContext tokens) {
        return new BrokerRequest(
                new BrokerApplication("c", URI.create("https://login.microsoftonline.com/t"), 7, false),
                user,
                tokens,
                null,
                null);
    }

    private ClientAuthenticationException failure(Function<BrokerRequest, UserToken> call, BrokerUser user) {
        return assertThrows(ClientAuthenticationException.class, () -> call.apply(request(user, TOKENS)));
    }

    @Test
    void br17_realRuntime_onThisSystem_isUnavailable() {
        Broker real = Brokers.of(
                "BrokerCredential",
                new TestContext().environment(Environment.of(Map.of(), Map.of("os.name", "Windows 11"))),
                Brokers.DEFAULT_TIMEOUT);

        ClientAuthenticationException failure = failure(real::silent, BrokerUser.DEFAULT);

        assertInstanceOf(CredentialUnavailableException.class, failure);
        assertTrue(
                failure.getMessage()
                        .startsWith("BrokerCredential: the runtime of the Windows broker cannot be loaded ("),
                failure.getMessage());
    }

    @Test
    void br18_noWindow_isAskedFor() {
        wam.then(new WamResult.Failure("msalruntime_client_error", 0, "Window handle not provided"));

        ClientAuthenticationException failure = failure(broker::interactive, BrokerUser.DEFAULT);

        assertEquals(Outcome.MISCONFIGURED, failure.outcome());
        assertTrue(
                failure.getMessage().contains("the broker's dialog needs a parent window and there is none"),
                failure.getMessage());
        assertTrue(
                failure.getMessage().endsWith("Set parentWindow to the handle of the application's window."),
                failure.getMessage());
    }

    @Test
    void br19_defaultUser_silent_isOneOperation() {
        wam.token("x");

        UserToken token = broker.silent(request(BrokerUser.DEFAULT, TOKENS));

        assertEquals("x", token.token().token());
        assertEquals("u.t", token.account().homeAccountId());
        assertEquals("ann@contoso.com", token.account().userName());
        assertEquals(List.of("signInSilently"), wam.calls);
        assertEquals(0, wam.open);
    }

    @Test
    void br19_statusOfInteraction_isAuthenticationRequired() {
        for (int status : new int[] {2, 13}) {
            wam.fails(status);
            assertInstanceOf(AuthenticationRequiredException.class, failure(broker::silent, BrokerUser.DEFAULT));
        }
    }

    @Test
    void br19_signInWithoutToken_acquiresIt() {
        wam.account().token("x");

        assertEquals(
                "x",
                broker.interactive(request(BrokerUser.DEFAULT, TOKENS)).token().token());
        assertEquals(List.of("signInInteractively ", "acquireTokenSilently"), wam.calls);
        assertEquals(0, wam.open);
    }

    @Test
    void br20_claims_reachTheRuntime() {
        wam.token("x");

        UserToken unused = broker.silent(request(
                BrokerUser.DEFAULT,
                TOKENS.withClaims("{\"access_token\":{\"a\":1}}").withCaeEnabled(true)));

        WamParameters told = wam.parameters.get(0);
        assertEquals("{\"access_token\":{\"xms_cc\":{\"values\":[\"CP1\"]},\"a\":1}}", told.claims());
        assertEquals("https://a/.default https://b/.default", told.scopes());
        assertEquals("ms-appx-web://Microsoft.AAD.BrokerPlugin/c", told.redirectUri());
        assertEquals(
                "https://login.microsoftonline.com/t",
                told.application().authority().toString());
        assertEquals(7, told.application().window());
        assertEquals(Map.of(), told.additional());
    }

    @Test
    void consumers_areLetThrough() {
        wam.token("x");
        BrokerApplication application =
                new BrokerApplication("c", URI.create("https://login.microsoftonline.com/t"), 0, true);

        UserToken unused = broker.silent(new BrokerRequest(application, BrokerUser.DEFAULT, TOKENS, null, null));

        assertEquals(
                Map.of("msal_request_type", "consumer_passthrough"),
                wam.parameters.get(0).additional());
    }

    @Test
    void knownUser_isFoundByTheFirstPartOfTheId() {
        wam.account().token("x");

        assertEquals("x", broker.silent(request(ANN, TOKENS)).token().token());
        assertEquals(List.of("readAccount u", "acquireTokenSilently"), wam.calls);
        assertEquals(0, wam.open);
    }

    @Test
    void knownUser_whoIsGone_isUnavailable() {
        wam.fails(16);

        assertEquals(Outcome.UNAVAILABLE, failure(broker::silent, ANN).outcome());
        assertEquals(List.of("readAccount u"), wam.calls);
    }

    @Test
    void knownUser_interactive_isAskedOnce() {
        wam.account().token("x");

        assertEquals("x", broker.interactive(request(ANN, TOKENS)).token().token());
        assertEquals(List.of("readAccount u", "acquireTokenInteractively"), wam.calls);
    }

    @Test
    void namedUser_whoIsNotTheOneOfWindows_isUnavailable() {
        wam.token("x");

        ClientAuthenticationException failure = failure(broker::silent, new BrokerUser("", "bob@contoso.com"));

        assertInstanceOf(CredentialUnavailableException.class, failure);
        assertTrue(
                failure.getMessage()
                        .startsWith(
                                "BrokerCredential: another user is signed in to Windows than the one it was asked for"),
                failure.getMessage());
    }

    @Test
    void answerWithoutUser_isAFailure() {
        wam.then(new WamResult.Success(null, null, null));

        assertEquals(
                Outcome.TRANSIENT, failure(broker::silent, BrokerUser.DEFAULT).outcome());
    }

    @Test
    void runtimeThatIsSilent_isCancelled() {
        ClientAuthenticationException failure = failure(broker(Duration.ofMillis(50))::silent, BrokerUser.DEFAULT);

        assertEquals(Outcome.TRANSIENT, failure.outcome());
        assertTrue(wam.cancelled);
    }

    @Test
    void interruptedDialog_isCancelled() throws InterruptedException {
        CompletableFuture<ClientAuthenticationException> end = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            ClientAuthenticationException failure = failure(broker::interactive, BrokerUser.DEFAULT);
            assertTrue(Thread.currentThread().isInterrupted());
            end.complete(failure);
        });
        caller.start();
        wam.pending.await();

        caller.interrupt();

        assertEquals(Outcome.CANCELLED, end.join().outcome());
        assertTrue(wam.cancelled);
        caller.join();
    }

    @Test
    void status_isFoundInTheMessage() {
        String message = "User interaction required. Context: AADSTS50076 | Response status:"
                + " MSALRUNTIME_RESPONSE_STATUS_INTERACTIONREQUIRED | Tag: 1 | Error code: 2";
        assertEquals(2, WamStatus.of(message));
        assertEquals("AADSTS50076", WamStatus.context(message));
        assertEquals(16, WamStatus.of("x Response status: MSALRUNTIME_RESPONSE_STATUS_ACCOUNTNOTFOUND"));
        assertEquals(0, WamStatus.of("no status"));
        assertEquals(0, WamStatus.of("Response status: SOMETHING_NEW | Tag"));
        assertEquals("no status", WamStatus.context("no status"));
    }
}
