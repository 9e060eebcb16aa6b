// SPDX-License-Identifier: MIT
package dev.signet.identity.broker;

import static dev.signet.identity.broker.BrokerAnswers.EXPIRY;
import static dev.signet.identity.broker.BrokerAnswers.HOME;
import static dev.signet.identity.broker.BrokerAnswers.SECRET;
import static dev.signet.identity.broker.BrokerAnswers.TENANT;
import static dev.signet.identity.broker.BrokerAnswers.account;
import static dev.signet.identity.broker.BrokerAnswers.accounts;
import static dev.signet.identity.broker.BrokerAnswers.base64;
import static dev.signet.identity.broker.BrokerAnswers.jwt;
import static dev.signet.identity.broker.BrokerAnswers.refusal;
import static dev.signet.identity.broker.BrokerAnswers.token;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.broker.internal.BrokerCredentialProvider;
import dev.signet.identity.msal.AuthenticationRecord;
import dev.signet.identity.spi.Sleeper;
import dev.signet.identity.testkit.TestContext;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The credential against a broker in another process, over a real message bus. */
@Timeout(120)
class LinuxBrokerTest {
    private static final String SCOPE = "https://vault.azure.net/.default";
    private static final TokenRequestContext REQUEST = TokenRequestContext.of(SCOPE);

    private DesktopSession session;

    @BeforeEach
    void start() throws IOException {
        session = DesktopSession.start();
    }

    @AfterEach
    void stop() throws IOException {
        if (session != null) {
            session.close();
        }
    }

    private DesktopSession broker() throws IOException, InterruptedException {
        return session.withBroker().answers("getAccounts", accounts(account("Ann@contoso.com")));
    }

    private BrokerCredential.Builder direct() {
        return BrokerCredential.builder().context(session.context()).tenantId(TENANT);
    }

    private TokenCredential chained() {
        return direct().build().asChainMember();
    }

    private static ClientAuthenticationException failure(TokenCredential credential) {
        return assertThrows(ClientAuthenticationException.class, () -> credential.getToken(REQUEST));
    }

    /** A message with the correlation id taken out; it is the one among the facts. */
    private static String message(ClientAuthenticationException failure) {
        String id = failure.details().correlationId().orElseThrow();
        assertTrue(failure.getMessage().contains("(correlation id " + id + ")"), failure.getMessage());
        return failure.getMessage().replace(id, "ID");
    }

    private static <T> CompletableFuture<T> inBackground(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, run -> {
            Thread thread = new Thread(run, "caller");
            thread.setDaemon(true);
            thread.start();
        });
    }

    @Test
    void br02_nobodyHasTheName_isUnavailableAndStartsNothing() throws IOException {
        try (BusTap tap = session.tap()) {
            ClientAuthenticationException failure = failure(BrokerCredential.builder()
                    .context(session.contextOfTap())
                    .tenantId(TENANT)
                    .build());

            assertInstanceOf(CredentialUnavailableException.class, failure);
            assertEquals(
                    "BrokerCredential: no identity broker (com.microsoft.identity.broker1) is installed on this machine's"
                            + " session bus. Sign in with 'az login' or use InteractiveBrowserCredential instead.",
                    failure.getMessage());
            assertEquals(
                    Optional.of(UnavailableReason.NOT_REACHABLE),
                    failure.details().unavailableReason());
            assertEquals(List.of("Hello", "NameHasOwner", "ListActivatableNames"), tap.calls());
        }
    }

    @Test
    void br03_serviceThatIsStarting_isAskedAgainAfterAPause() throws Exception {
        broker().fails("acquireTokenSilently", "UnknownObject")
                .fails("acquireTokenSilently", "UnknownObject")
                .answers("acquireTokenSilently", token());
        TestContext context = session.context();

        assertEquals(SECRET, direct().context(context).build().getToken(REQUEST).token());
        List<String[]> calls = session.calls("acquireTokenSilently");
        assertEquals(3, calls.size());
        for (String[] call : calls) {
            assertArrayEquals(calls.get(0), call);
        }
        assertEquals(
                List.of(Duration.ofMillis(100), Duration.ofMillis(100)),
                context.sleeper().sleeps());
    }

    @ParameterizedTest(name = "BR03 {0}")
    @ValueSource(strings = {"UnknownMethod", "ServiceUnknown"})
    void br03_otherSignsOfAStart_areWaitedForToo(String error) throws Exception {
        broker().fails("acquireTokenSilently", error).answers("acquireTokenSilently", token());
        TestContext context = session.context();

        assertEquals(SECRET, direct().context(context).build().getToken(REQUEST).token());
        assertEquals(List.of(Duration.ofMillis(100)), context.sleeper().sleeps());
    }

    @Test
    void br03_serviceThatNeverStarts_isUnavailableAfterFiveSeconds() throws Exception {
        broker().fails("acquireTokenSilently", "UnknownObject");
        TestContext context = session.context();

        assertEquals(
                "BrokerCredential: the identity broker cannot be used: the session bus answers UnknownObject"
                        + " (correlation id ID). Sign in with 'az login' or use InteractiveBrowserCredential instead.",
                message(failure(direct().context(context).build().asChainMember())));
        assertEquals(51, session.calls("acquireTokenSilently").size());
        assertEquals(Duration.ofSeconds(5), context.sleeper().total());
    }

    @Test
    void br04_silent_sendsWhatTheProtocolSays() throws Exception {
        broker().answers("acquireTokenSilently", token());

        AccessToken token = direct().loginHint("ann@CONTOSO.com").build().getToken(REQUEST);

        assertEquals(SECRET, token.token());
        assertEquals(EXPIRY, token.expiresOn());
        assertEquals("BrokerCredential", token.credentialName());
        String[] first = session.calls("getAccounts").get(0);
        String[] second = session.calls("acquireTokenSilently").get(0);
        assertEquals("0.0", second[1]);
        assertEquals(first[2], second[2]);
        assertTrue(second[2].matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), second[2]);
        assertEquals(
                "{\"clientId\":\"04b07795-8ddb-461a-bbee-02f9e1bf7b46\",\"redirectUri\":"
                        + "\"https://login.microsoftonline.com/common/oauth2/nativeclient\"}",
                first[3]);
        assertEquals(
                "{\"authParameters\":{\"account\":" + account("Ann@contoso.com")
                        + ",\"username\":\"Ann@contoso.com\",\"authority\":\"https://login.microsoftonline.com/"
                        + TENANT
                        + "\",\"authorizationType\":1,\"clientId\":\"04b07795-8ddb-461a-bbee-02f9e1bf7b46\","
                        + "\"redirectUri\":\"https://login.microsoftonline.com/common/oauth2/nativeclient\","
                        + "\"requestedScopes\":[\"" + SCOPE
                        + "\"],\"additionalQueryParametersForAuthorization\":{},\"uxContextHandle\":-1}}",
                second[3]);
    }

    @ParameterizedTest(name = "BR05 {0}")
    @CsvSource({"1900000000000", "1900000000"})
    void br05_expiry_isSecondsOrMilliseconds(String expiresOn) throws Exception {
        broker().answers(
                        "acquireTokenSilently",
                        "{\"brokerTokenResponse\":{\"accessToken\":\"opaque\",\"expiresOn\":" + expiresOn + "}}");

        assertEquals(
                Instant.ofEpochSecond(1_900_000_000L),
                chained().getToken(REQUEST).expiresOn());
    }

    @Test
    void br05_expiryOfTheTokenItself_wins() throws Exception {
        broker().answers("acquireTokenSilently", token(jwt("{\"exp\":1900000000}"), ""));

        assertEquals(
                Instant.ofEpochSecond(1_900_000_000L),
                chained().getToken(REQUEST).expiresOn());
    }

    @ParameterizedTest(name = "BR06 status {0}")
    @ValueSource(ints = {2, 13})
    void br06_interactionRequired_inChain_isSaid(int status) throws Exception {
        broker().answers("acquireTokenSilently", refusal(status, "AADSTS50076: mfa"));

        AuthenticationRequiredException failure =
                assertInstanceOf(AuthenticationRequiredException.class, failure(chained()));
        assertEquals(Outcome.INTERACTION_REQUIRED, failure.outcome());
        assertEquals(List.of(50076), failure.details().aadstsCodes());
        assertEquals(REQUEST, failure.request());
        assertEquals(0, session.calls("acquireTokenInteractively").size());
    }

    @Test
    void br06_interactionRequired_direct_asksTheUser() throws Exception {
        broker().answers("acquireTokenSilently", refusal(2, "")).answers("acquireTokenInteractively", token());

        assertEquals(
                SECRET,
                direct().loginHint("ann@contoso.com").build().getToken(REQUEST).token());
        String json = session.calls("acquireTokenInteractively").get(0)[3];
        assertTrue(json.contains("\"authorizationType\":6"), json);
        assertTrue(json.contains("\"account\":" + account("Ann@contoso.com")), json);
    }

    @ParameterizedTest(name = "status {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0|REJECTED|the broker refused with status 0: words (correlation id ID). Look for the correlation id in the broker's log.",
                "3|TRANSIENT|the broker has no network: words (correlation id ID). Try again.",
                "4|TRANSIENT|the broker has no network: words (correlation id ID). Try again.",
                "5|TRANSIENT|Entra does not answer the broker: words (correlation id ID). Try again.",
                "6|REJECTED|the broker refused with status 6: words (correlation id ID). Look for the correlation id in the broker's log.",
                "7|REJECTED|the user cancelled the sign-in: words (correlation id ID). Ask the user to sign in again.",
                "8|CANCELLED|the sign-in was cancelled: words (correlation id ID).",
                "9|REJECTED|the broker does not accept how the application is registered: words (correlation id ID). Register the redirect address https://login.microsoftonline.com/common/oauth2/nativeclient with the application.",
                "11|REJECTED|the broker does not trust the sign-in host: words (correlation id ID). Set authorityHost to a sign-in host of Entra.",
                "12|TRANSIENT|another user signed in than the one who was asked for: words (correlation id ID). Try again.",
                "16|UNAVAILABLE|nobody whom it was asked for is signed in to the broker: words (correlation id ID). Sign in to the machine with a work or school account."
            })
    void br07_br08_refusal_isTold(int status, Outcome outcome, String message) throws Exception {
        broker().answers("acquireTokenSilently", refusal(status, "words"));

        ClientAuthenticationException failure = failure(chained());

        assertEquals("BrokerCredential: " + message, message(failure));
        assertEquals(outcome, failure.outcome());
        assertEquals(
                session.calls("acquireTokenSilently").get(0)[2],
                failure.details().correlationId().orElseThrow());
    }

    @Test
    void br08_userCancels_isRefused() throws Exception {
        session.withBroker().answers("acquireTokenInteractively", refusal(7, ""));

        assertEquals(
                "BrokerCredential: the user cancelled the sign-in (correlation id ID). Ask the user to sign in again.",
                message(failure(direct().build())));
    }

    @Test
    void br09_claims_bringTheRefusedTokenAlong() throws Exception {
        broker().answers("acquireTokenSilently", token()).answers("acquireTokenSilently", token("fresh", ""));
        TokenCredential credential = chained();
        AccessToken old = credential.getToken(REQUEST);

        AccessToken fresh = credential.getToken(REQUEST.withClaims("{\"access_token\":{\"nbf\":{\"value\":\"1\"}}}"));

        assertEquals("fresh", fresh.token());
        String json = session.calls("acquireTokenSilently").get(1)[3];
        assertTrue(json.contains("\"accessTokenToRenew\":\"" + old.token() + "\""), json);
        assertTrue(
                json.contains("\"decodedClaims\":\"{\\\"access_token\\\":{\\\"nbf\\\":{\\\"value\\\":\\\"1\\\"}}}\""),
                json);
    }

    @Test
    void br10_severalUsers_direct_letTheUserChoose() throws Exception {
        session.withBroker()
                .answers(
                        "getAccounts",
                        accounts(account("ann@contoso.com"), account("bob@contoso.com", "b." + TENANT, TENANT)))
                .answers(
                        "acquireTokenInteractively",
                        token(SECRET, ",\"account\":" + account("bob@contoso.com", "b." + TENANT, TENANT)))
                .answers("acquireTokenSilently", token("of-bob", ""));
        BrokerCredential credential = direct().build();

        assertEquals(SECRET, credential.getToken(REQUEST).token());
        String json = session.calls("acquireTokenInteractively").get(0)[3];
        assertFalse(json.contains("username") || json.contains("\"account\""), json);
        assertEquals(
                "of-bob",
                credential
                        .getToken(TokenRequestContext.of("https://other/.default"))
                        .token());
        assertTrue(session.calls("acquireTokenSilently").get(0)[3].contains("bob@contoso.com"));
    }

    @Test
    void br11_severalUsers_inChain_isUnavailable() throws Exception {
        session.withBroker()
                .answers(
                        "getAccounts",
                        accounts(account("ann@contoso.com"), account("bob@contoso.com", "b." + TENANT, TENANT)));

        ClientAuthenticationException failure = failure(chained());

        assertInstanceOf(CredentialUnavailableException.class, failure);
        assertEquals(
                "BrokerCredential: several users are signed in to the identity broker (correlation id ID). Set loginHint"
                        + " to the name of one of them.",
                message(failure));
        assertEquals(0, session.calls("acquireTokenSilently").size());
    }

    @Test
    void accounts_ofOneUserInSeveralTenants_prefersTheAskedOne() throws Exception {
        session.withBroker()
                .answers(
                        "getAccounts",
                        accounts(account("ann@contoso.com", HOME, "guest"), account("ann@contoso.com", HOME, TENANT)))
                .answers("acquireTokenSilently", token());

        assertEquals(SECRET, chained().getToken(REQUEST).token());
        assertTrue(session.calls("acquireTokenSilently").get(0)[3].contains("\"realm\":\"" + TENANT + "\""));
    }

    @ParameterizedTest(name = "accounts: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"accounts\":[]}|nobody is signed in to the identity broker",
                "{}|nobody is signed in to the identity broker",
                "{\"accounts\":[{\"username\":\"eve@contoso.com\"}]}|the user it was asked for is not signed in to the identity broker"
            })
    void accounts_withoutTheUser_areUnavailable(String answer, String reason) throws Exception {
        session.withBroker().answers("getAccounts", answer);

        assertEquals(
                "BrokerCredential: " + reason
                        + " (correlation id ID). Sign in with an application that uses the broker,"
                        + " for example Microsoft Edge.",
                message(failure(direct().loginHint("ann@contoso.com").build().asChainMember())));
    }

    @Test
    void accounts_refused_isTold() throws Exception {
        session.withBroker().answers("getAccounts", "{\"error\":{\"status\":5,\"context\":\"\"}}");

        assertEquals(Outcome.TRANSIENT, failure(chained()).outcome());
    }

    @Test
    void br12_dialog_mayTakeTwoMinutes() throws Exception {
        session.withBroker().holds("acquireTokenInteractively", token());
        WatchedClock clock = new WatchedClock(session.context());
        BrokerCredential credential = direct().context(clock.watched()).build();
        CompletableFuture<AccessToken> dialog = inBackground(() -> credential.getToken(REQUEST));
        session.awaitCall("acquireTokenInteractively");

        clock.advance(Duration.ofSeconds(120));
        session.nudge();
        clock.awaitLook(); // and so it has found that there is time left
        session.release("acquireTokenInteractively");

        assertEquals(SECRET, dialog.get().token());
        assertEquals(1, session.calls("acquireTokenInteractively").size());
    }

    @Test
    void dialog_thatNobodyAnswers_isTakenAwayAfterTenMinutes() throws Exception {
        session.withBroker().hangs("acquireTokenInteractively");
        TestContext context = session.context();
        BrokerCredential credential = direct().context(context).build();
        CompletableFuture<ClientAuthenticationException> end = inBackground(() -> failure(credential));
        session.awaitCall("acquireTokenInteractively");

        context.clock().advance(Duration.ofMinutes(10));
        session.nudge();

        assertEquals(Outcome.TRANSIENT, end.get().outcome());
        session.awaitCall("cancelInteractiveFlow");
    }

    @Test
    void silent_tooSlow_isATransientFailure() throws Exception {
        broker().hangs("acquireTokenSilently");
        TestContext context = session.context();
        TokenCredential credential =
                direct().context(context).timeout(Duration.ofSeconds(7)).build().asChainMember();
        CompletableFuture<ClientAuthenticationException> end = inBackground(() -> failure(credential));
        session.awaitCall("acquireTokenSilently");

        context.clock().advance(Duration.ofSeconds(7));
        session.nudge();

        ClientAuthenticationException failure = end.get();
        assertEquals(Outcome.TRANSIENT, failure.outcome());
        assertEquals(
                "BrokerCredential: the identity broker did not answer in time (correlation id ID). Try again; if it stays"
                        + " so, restart the broker or update it.",
                message(failure));
        assertEquals(1, session.calls("acquireTokenSilently").size());
    }

    @Test
    void br13_answerWithoutAccount_isOfTheAskedOne() throws Exception {
        broker().answers("acquireTokenInteractively", token(SECRET, ""))
                .answers("acquireTokenSilently", refusal(2, ""));

        AuthenticationRecord record =
                direct().loginHint("ann@contoso.com").build().authenticate(REQUEST);

        assertEquals("Ann@contoso.com", record.userName());
        assertEquals(HOME, record.homeAccountId());
        assertEquals("login.microsoftonline.com", record.authority());
    }

    @Test
    void br13_answerWithClientInfo_isOfWhomItNames() throws Exception {
        session.withBroker()
                .answers(
                        "acquireTokenInteractively",
                        token(
                                SECRET,
                                ",\"clientInfo\":\"" + base64("{\"uid\":\"u\",\"utid\":\"t\"}") + "\",\"idToken\":\""
                                        + jwt("{\"preferred_username\":\"eve@contoso.com\",\"tid\":\"visited\"}")
                                        + "\""));

        AuthenticationRecord record = direct().build().authenticate(REQUEST);

        assertEquals("u.t", record.homeAccountId());
        assertEquals("eve@contoso.com", record.userName());
        assertEquals("visited", record.tenantId());
    }

    @ParameterizedTest(name = "BR14 {0}")
    @ValueSource(strings = {"", "<html>" + SECRET, "[]", "null", "\"" + SECRET + "\"", "{\"brokerTokenResponse\":"})
    void br14_answerThatIsNotJson_isNotQuoted(String answer) throws Exception {
        broker().answers("acquireTokenSilently", answer);

        assertEquals(
                "BrokerCredential: the broker's answer to acquireTokenSilently is not JSON (correlation id ID). Try again;"
                        + " if it stays so, restart the broker or update it.",
                message(failure(chained())));
    }

    @ParameterizedTest(name = "answer {0}")
    @ValueSource(
            strings = {
                "{}",
                "{\"brokerTokenResponse\":7}",
                "{\"brokerTokenResponse\":{\"accessToken\":\"a b\",\"expiresOn\":1900000000}}",
                "{\"brokerTokenResponse\":{\"accessToken\":\"\",\"expiresOn\":1900000000}}",
                "{\"brokerTokenResponse\":{\"accessToken\":\"x\"}}",
                "{\"brokerTokenResponse\":{\"accessToken\":\"x\",\"expiresOn\":-9223372036854775808}}",
                "{\"brokerTokenResponse\":{\"accessToken\":\"x\",\"expiresOn\":1900000000,\"account\":{}}}"
            })
    void answer_withoutAToken_isAFailure(String answer) throws Exception {
        broker().answers("acquireTokenSilently", answer);

        assertEquals(
                "BrokerCredential: the broker's answer has no token with its user and expiry (correlation id ID). Try"
                        + " again; if it stays so, restart the broker or update it.",
                message(failure(chained())));
    }

    @Test
    void br15_interruptedDialog_isTakenAway() throws Exception {
        session.withBroker().hangs("acquireTokenInteractively");
        BrokerCredential credential = direct().build();
        CompletableFuture<ClientAuthenticationException> end = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            ClientAuthenticationException failure = failure(credential);
            assertTrue(Thread.currentThread().isInterrupted());
            end.complete(failure);
        });
        caller.start();
        session.awaitCall("acquireTokenInteractively");

        caller.interrupt();

        assertEquals(Outcome.CANCELLED, end.join().outcome());
        session.awaitCall("cancelInteractiveFlow");
        assertEquals(
                session.calls("acquireTokenInteractively").get(0)[2],
                session.calls("cancelInteractiveFlow").get(0)[2]);
        caller.join();
    }

    @Test
    void br15_interruptedWhileTheBrokerStarts_isCancelled() throws Exception {
        broker().fails("acquireTokenSilently", "UnknownObject");
        Sleeper interrupted = pause -> {
            throw new CancellationException();
        };
        BrokerCredential credential = direct().context(ContextWith.of(session.context(), "sleeper", interrupted))
                .build();

        ClientAuthenticationException failure = failure(credential);

        assertEquals(Outcome.CANCELLED, failure.outcome());
        assertEquals("BrokerCredential: interrupted while the broker was asked (correlation id ID).", message(failure));
        assertEquals(1, session.calls("acquireTokenSilently").size());
    }

    @Test
    void br16_brokerKilledInTheMiddle_isUnavailableAndServesAgainOnceItIsBack() throws Exception {
        broker().hangs("acquireTokenSilently");
        TokenCredential credential = chained();
        CompletableFuture<ClientAuthenticationException> end = inBackground(() -> failure(credential));
        session.awaitCall("acquireTokenSilently");

        session.kill();

        ClientAuthenticationException failure = end.get();
        assertInstanceOf(CredentialUnavailableException.class, failure);
        assertEquals(
                "BrokerCredential: the session bus or the identity broker on it went away (correlation id ID). Sign in"
                        + " with 'az login' or use InteractiveBrowserCredential instead.",
                message(failure));
        assertEquals(1, session.calls("acquireTokenSilently").size());
        broker().answers("acquireTokenSilently", token());
        assertEquals(SECRET, credential.getToken(REQUEST).token());
    }

    @Test
    void br16_answerThatGotLost_isAskedForAgain() throws Exception {
        broker().fails("acquireTokenSilently", "NoReply").answers("acquireTokenSilently", token());

        assertEquals(SECRET, chained().getToken(REQUEST).token());
        assertEquals(2, session.calls("acquireTokenSilently").size());
    }

    @Test
    void br16_brokerThatDiesInADialog_isNotAskedAgain() throws Exception {
        session.withBroker().dies("acquireTokenInteractively");

        assertEquals(
                "BrokerCredential: the session bus or the identity broker on it went away (correlation id ID). Sign in"
                        + " with 'az login' or use InteractiveBrowserCredential instead.",
                message(failure(direct().build())));
        assertEquals(1, session.calls("acquireTokenInteractively").size());
    }

    @ParameterizedTest(name = "BR22 {0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "getAccounts|answer|{\"error\":{\"status\":5}}",
                "getAccounts|answer|{}",
                "getAccounts|error|AccessDenied",
                "acquireTokenSilently|answer|{\"brokerTokenResponse\":{\"error\":{\"status\":2}}}",
                "acquireTokenSilently|answer|{\"brokerTokenResponse\":{\"error\":{\"status\":9}}}",
                "acquireTokenSilently|answer|{}",
                "acquireTokenSilently|answer|no JSON",
                "acquireTokenSilently|error|Failed",
                "acquireTokenSilently|die|"
            })
    void br22_refusal_hasTheCorrelationIdOfItsCalls(String method, String behaviour, String argument) throws Exception {
        broker().forget(method).order(method, behaviour, argument == null ? "" : argument);

        ClientAuthenticationException failure = failure(chained());

        String id = failure.details().correlationId().orElseThrow();
        assertTrue(failure.getMessage().contains("(correlation id " + id + ")"), failure.getMessage());
        assertEquals(Set.of(id), correlationIds());
    }

    @Test
    void br22_success_hasOneCorrelationIdForItsCalls() throws Exception {
        broker().answers("acquireTokenSilently", token());
        TokenCredential credential = chained();

        assertEquals(SECRET, credential.getToken(REQUEST).token());
        Set<String> first = correlationIds();
        assertEquals(
                SECRET,
                credential
                        .getToken(TokenRequestContext.of("https://other/.default"))
                        .token());

        assertEquals(1, first.size());
        assertEquals(2, correlationIds().size());
        assertEquals(2, session.calls("getAccounts").size());
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    session.calls("getAccounts").get(i)[2],
                    session.calls("acquireTokenSilently").get(i)[2]);
        }
    }

    private Set<String> correlationIds() {
        Set<String> ids = new HashSet<>();
        for (String method : List.of("getAccounts", "acquireTokenSilently")) {
            session.calls(method).forEach(call -> ids.add(call[2]));
        }
        return ids;
    }

    @Test
    void onlyLink_madeByTheProvider_neverAsksTheUser() throws Exception {
        broker().answers("acquireTokenSilently", refusal(2, ""));

        assertInstanceOf(
                AuthenticationRequiredException.class,
                failure(new BrokerCredentialProvider().create(session.context())));
        assertEquals(0, session.calls("acquireTokenInteractively").size());
    }

    @Test
    void clearCache_forgetsTokensInChainsToo() throws Exception {
        broker().answers("acquireTokenSilently", token());
        BrokerCredential credential = direct().build();
        TokenCredential member = credential.asChainMember();
        assertSame(member, credential.asChainMember());
        assertEquals(SECRET, member.getToken(REQUEST).token());
        assertEquals(SECRET, member.getToken(REQUEST).token());
        assertEquals(1, session.calls("acquireTokenSilently").size());

        credential.clearCache();

        assertEquals(SECRET, member.getToken(REQUEST).token());
        assertEquals(2, session.calls("acquireTokenSilently").size());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "AccessDenied, UNAVAILABLE",
        "ServiceUnknown, UNAVAILABLE",
        "Failed, TRANSIENT",
        "Spawn.ChildExited, UNAVAILABLE",
        "another, TRANSIENT"
    })
    void busError_isTold(String error, Outcome outcome) throws Exception {
        broker().fails("acquireTokenSilently", error);

        ClientAuthenticationException failure = failure(chained());

        assertEquals(outcome, failure.outcome());
        assertTrue(failure.getMessage().contains(error), failure.getMessage());
    }

    @Test
    void proofOfPossession_isBoundToTheRequest() throws Exception {
        broker().answers(
                        "acquireTokenSilently",
                        token(SECRET, "").replace("\"accessTokenType\":0", "\"accessTokenType\":1"));

        AccessToken token = direct().build()
                .getProofOfPossessionToken(
                        REQUEST,
                        ProofOfPossession.of("GET", URI.create("https://graph/v1/me"))
                                .withNonce("n"));

        assertEquals("pop", token.tokenType());
        String json = session.calls("acquireTokenSilently").get(0)[3];
        assertTrue(
                json.contains("\"popParams\":{\"authenticationScheme\":\"pop\",\"uriHost\":\"https://graph/v1/me\","
                        + "\"httpMethod\":\"GET\",\"nonce\":\"n\"}"),
                json);
    }

    @Test
    void brokerVersion_isTheBrokers() throws Exception {
        session.withBroker().answers("getLinuxBrokerVersion", "{\"linuxBrokerVersion\":\"2.0.1\"}");

        assertEquals(Optional.of("2.0.1"), direct().build().brokerVersion());
    }

    @Test
    void fiftyCallers_makeOneCall() throws Exception {
        broker().answers("acquireTokenSilently", token());
        TokenCredential credential = chained();
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<AccessToken>> tokens = new ArrayList<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            CompletableFuture<AccessToken> token = new CompletableFuture<>();
            tokens.add(token);
            Thread caller = new Thread(() -> {
                try {
                    start.await();
                    token.complete(credential.getToken(REQUEST));
                } catch (InterruptedException | RuntimeException failure) {
                    token.completeExceptionally(failure);
                }
            });
            callers.add(caller);
            caller.start();
        }
        start.countDown();
        for (CompletableFuture<AccessToken> token : tokens) {
            assertEquals(SECRET, token.join().token());
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertEquals(1, session.calls("getAccounts").size());
        assertEquals(1, session.calls("acquireTokenSilently").size());
    }

    @Test
    void largeAnswer_isReadWhole() throws Exception {
        String large = "t".repeat(200_000);
        broker().answers("acquireTokenSilently", token(large, ""));

        assertEquals(large, chained().getToken(REQUEST).token());
    }

    @Test
    void token_leavesNoThread() throws Exception {
        broker().answers("acquireTokenSilently", token());
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        assertEquals(SECRET, chained().getToken(REQUEST).token());

        Set<Thread> after = new HashSet<>(Thread.getAllStackTraces().keySet());
        after.removeAll(before);
        assertEquals(Set.of(), after);
    }

    @Test
    void environment_withoutOtherAddresses_isEnough() {
        assertEquals(
                "asks com.microsoft.identity.broker1 on the session bus",
                BrokerCredential.builder()
                        .context(session.context().environment(session.environment(Map.of())))
                        .build()
                        .explain()
                        .detail());
    }
}
