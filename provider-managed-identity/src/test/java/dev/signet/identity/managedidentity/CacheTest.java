// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.spi.TaskExecutor;
import dev.signet.identity.testkit.HostedEndpoint;
import dev.signet.identity.testkit.ManagedIdentity;
import dev.signet.identity.testkit.QueueExecutor;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.TestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CacheTest extends CloudFixture {
    private final HostedEndpoint appService = cloud.appService();
    private final TestContext context = on(appService);
    private final ManagedIdentityCredential credential = direct(context);
    private final Instant start = cloud.clock().instant();

    @Test
    @DisplayName("K1 two calls: one request; 4 min 59 s left: the second")
    void getToken_twice_asksOnceUntilFiveMinutesAreLeft() {
        appService.tokenLifetime(Duration.ofHours(1));
        AccessToken first = credential.getToken(REQUEST);
        assertSame(first, credential.getToken(REQUEST));
        assertEquals(1, count(appService));

        cloud.clock().set(first.expiresOn().minus(Duration.ofMinutes(4).plusSeconds(59)));
        credential.getToken(REQUEST);

        assertEquals(2, count(appService));
    }

    @Test
    @DisplayName("K2 24 h token at 11 h 59: cached; at 12 h 01: refreshed")
    void getToken_longToken_isRefreshedAtHalfLife() {
        AccessToken first = credential.getToken(REQUEST);

        at(Duration.ofHours(12).minusMinutes(1));
        assertSame(first, credential.getToken(REQUEST));
        at(Duration.ofHours(12).plusMinutes(1));
        assertNotSame(first, credential.getToken(REQUEST));

        assertEquals(2, count(appService));
    }

    @Test
    @DisplayName("K3 the refresh fails: old token, no new try for 30 s")
    void getToken_refreshFails_keepsTokenAndPauses() {
        AccessToken first = credential.getToken(REQUEST);
        at(Duration.ofHours(12).plusMinutes(1));
        appService.always(Reply.json(400, "{\"statusCode\":400,\"message\":\"no\"}"));

        assertSame(first, credential.getToken(REQUEST));
        cloud.clock().advance(Duration.ofSeconds(29));
        assertSame(first, credential.getToken(REQUEST));
        assertEquals(2, count(appService));

        cloud.clock().advance(Duration.ofSeconds(1));
        assertSame(first, credential.getToken(REQUEST));
        assertEquals(3, count(appService));
    }

    @Test
    @DisplayName("K4 1 h token at 31 min: cached")
    void getToken_shortToken_isNotRefreshedAtHalfLife() {
        appService.tokenLifetime(Duration.ofHours(1));
        AccessToken first = credential.getToken(REQUEST);

        at(Duration.ofMinutes(31));

        assertSame(first, credential.getToken(REQUEST));
    }

    @Test
    @DisplayName("K5 refresh_in 600 at 11 min: refreshed")
    void getToken_refreshIn_isHonoured() {
        appService.enqueue(Reply.token(body("first").withText("refresh_in", "600")), ok("second"));
        credential.getToken(REQUEST);

        at(Duration.ofMinutes(11));

        assertEquals("second", credential.getToken(REQUEST).token());
    }

    @Test
    @DisplayName("K6 100 threads, expired: one request")
    void getToken_crowdWithExpiredToken_asksOnce() throws Exception {
        credential.getToken(REQUEST);
        at(Duration.ofHours(25));
        CountDownLatch gate = new CountDownLatch(1);
        appService.enqueue(Reply.passThrough().heldUntil(gate));
        AtomicInteger callers = new AtomicInteger();

        List<Future<AccessToken>> results = Crowd.run(100, () -> {
            if (callers.incrementAndGet() == 100) {
                gate.countDown();
            }
            return credential.getToken(REQUEST);
        });
        AccessToken first = Crowd.result(results.get(0));
        for (Future<AccessToken> result : results) {
            assertEquals(first, Crowd.result(result));
        }

        assertEquals(2, count(appService));
    }

    @Test
    @DisplayName("K7 100 threads past refreshOn, slow endpoint: one request, the others return at once")
    void getToken_crowdPastRefresh_doesNotWait() throws Exception {
        context.executor(TaskExecutor.shared());
        ManagedIdentityCredential own = direct(context);
        AccessToken first = own.getToken(REQUEST);
        at(Duration.ofHours(13));
        CountDownLatch gate = new CountDownLatch(1);
        appService.enqueue(Reply.passThrough().heldUntil(gate));

        for (Future<AccessToken> result : Crowd.run(100, () -> own.getToken(REQUEST))) {
            assertEquals(first, Crowd.result(result));
        }
        gate.countDown();
        while (own.getToken(REQUEST).equals(first)) {
            Thread.onSpinWait();
        }

        assertEquals(2, count(appService));
    }

    @Test
    @DisplayName("K8 client id, then object id with the same text: two requests")
    void getToken_sameTextAsOtherKind_asksTwice() {
        appService.identities().add(new ManagedIdentity(CLIENT_ID, CLIENT_ID, "/subscriptions/x"));

        ManagedIdentityCredential.builder()
                .context(context)
                .clientId(CLIENT_ID)
                .build()
                .getToken(REQUEST);
        ManagedIdentityCredential.builder()
                .context(context)
                .objectId(CLIENT_ID)
                .build()
                .getToken(REQUEST);

        assertEquals(2, count(appService));
    }

    @Test
    @DisplayName("K9 the one flight fails: all waiters get the error, the next call tries again")
    void getToken_flightFails_failsForAllAndIsTriedAgain() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        appService.enqueue(
                Reply.json(400, "{\"statusCode\":400,\"message\":\"no\"}").heldUntil(gate));
        FutureTask<ClientAuthenticationException> leader = new FutureTask<>(() -> failure(credential));
        FutureTask<ClientAuthenticationException> waiter = new FutureTask<>(() -> failure(credential));
        new Thread(leader).start();
        while (count(appService) == 0) {
            Thread.onSpinWait();
        }
        Thread second = new Thread(waiter);
        second.start();
        while (second.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        gate.countDown();

        assertEquals(leader.get().getMessage(), waiter.get().getMessage());
        assertEquals(1, count(appService));

        credential.getToken(REQUEST);

        assertEquals(2, count(appService));
    }

    @Test
    @DisplayName("K12 App Service, claims: cache bypassed, no extra parameters")
    void getToken_claims_bypassCacheOnce() {
        AccessToken first = credential.getToken(REQUEST);

        AccessToken second = credential.getToken(REQUEST.withClaims("{\"access_token\":{}}"));
        AccessToken third = credential.getToken(REQUEST);

        assertNotSame(first, second);
        assertSame(second, third);
        assertEquals(2, count(appService));
        assertEquals(
                java.util.Set.of("api-version", "resource"),
                appService.lastRequest().query().keySet());
    }

    @Test
    void getTokenAsync_cached_completesAtOnce() {
        QueueExecutor executor = new QueueExecutor();
        context.executor(executor);
        ManagedIdentityCredential own = direct(context);

        var waiting = own.getTokenAsync(REQUEST);
        assertEquals(false, waiting.isDone());
        executor.runAll();
        AccessToken token = waiting.join();

        assertSame(token, own.getTokenAsync(REQUEST).join());
        assertEquals(1, count(appService));
    }

    @Test
    void clearCache_forgetsTokensOfBothForms() {
        TokenCredential chained = credential.asChainMember();
        credential.getToken(REQUEST);
        chained.getToken(REQUEST);

        credential.clearCache();
        credential.getToken(REQUEST);
        chained.getToken(REQUEST);

        assertEquals(4, count(appService));
        assertTrue(credential.toString().equals("ManagedIdentityCredential"));
    }

    private void at(Duration sinceStart) {
        cloud.clock().set(start.plus(sinceStart));
    }

    @Test
    void refresh_environmentChangedMeanwhile_goesToNewSource() {
        QueueExecutor executor = new QueueExecutor();
        context.executor(executor);
        ManagedIdentityCredential own = direct(context);
        own.getToken(REQUEST);
        at(Duration.ofHours(13));
        own.getToken(REQUEST);

        context.environment(cloud.imds().environment());
        executor.runAll();

        assertEquals(1, count(appService));
        assertEquals(1, count(cloud.imds()));
        own.getToken(REQUEST);
        assertEquals(1, count(cloud.imds()));
        context.environment(appService.environment());
        own.getToken(REQUEST);
        assertEquals(2, count(appService));
    }
}
