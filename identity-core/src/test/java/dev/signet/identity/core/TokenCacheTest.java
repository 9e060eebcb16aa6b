// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.IdentityEventListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.helpers.NOPLogger;

@Timeout(60)
class TokenCacheTest {
    private static final TokenRequestContext REQUEST = TokenRequestContext.of("a/.default");
    private static final TokenRequestContext CHALLENGED = REQUEST.withClaims("{\"c\":1}");

    private final TestContexts contexts = new TestContexts();
    private final AtomicInteger fetches = new AtomicInteger();
    private final List<String> rejected = new ArrayList<>();
    private final TokenCache cache =
            TokenCache.of("Test", contexts.builder().build(), this::fetch, NOPLogger.NOP_LOGGER);

    private AccessToken fetch(TokenRequestContext request, AccessToken refused) {
        rejected.add(refused == null ? "none" : refused.token());
        return AccessToken.of(
                "t" + fetches.incrementAndGet(), contexts.instant().plus(Duration.ofHours(1)), "Test");
    }

    @Test
    void get_equalRequests_shareOneToken() {
        AccessToken first = cache.get(REQUEST);
        assertSame(first, cache.get(TokenRequestContext.of("a/.default")));
        assertSame(first, cache.getAsync(REQUEST).join());
        assertEquals(1, fetches.get());
        assertEquals(1, cache.size());
        assertEquals("TokenCache[Test, 1 entries]", cache.toString());
    }

    @Test
    void get_otherTenantScopeOrCae_isKeptApart() {
        cache.get(REQUEST);
        cache.get(REQUEST.withTenantId("t"));
        cache.get(REQUEST.withCaeEnabled(true));
        cache.get(TokenRequestContext.of("b/.default"));
        assertEquals(4, fetches.get());
        assertEquals("t3", cache.get(REQUEST.withCaeEnabled(true)).token());
        assertEquals("t1", cache.get(REQUEST).token());
    }

    @Test
    void get_pastRefresh_servesTheOldTokenAndRenewsOnce() {
        cache.get(REQUEST);
        contexts.advance(Duration.ofMinutes(56));
        assertEquals("t1", cache.get(REQUEST).token());
        assertEquals("t1", cache.get(REQUEST).token());
        assertEquals(1, contexts.queued());
        contexts.runAll();
        assertEquals("t2", cache.get(REQUEST).token());
    }

    @Test
    void clear_forgetsEverything() {
        cache.get(REQUEST);
        cache.clear();
        assertEquals(0, cache.size());
        assertEquals("t2", cache.get(REQUEST).token());
    }

    @Test
    void claims_bypassTheCacheAndReplaceTheRefusedToken() {
        cache.get(REQUEST);
        assertEquals("t2", cache.get(CHALLENGED).token());
        assertEquals("t2", cache.get(REQUEST).token());
        assertEquals(List.of("none", "t1"), rejected);
        assertEquals(1, cache.size());
    }

    @Test
    void claims_nothingCached_fetchWithoutARefusedToken() {
        assertEquals("t1", cache.get(CHALLENGED).token());
        assertEquals("t1", cache.get(REQUEST).token());
        assertEquals(List.of("none"), rejected);
    }

    @Test
    void claims_sourceGivesTheSameTokenAgain_isAskedOncePerClaimsAndToken() {
        AccessToken stubborn = AccessToken.of("same", contexts.instant().plus(Duration.ofHours(1)), "Test");
        TokenCache same = TokenCache.of(
                "Test",
                contexts.builder().build(),
                (request, refused) -> {
                    fetches.incrementAndGet();
                    return stubborn;
                },
                NOPLogger.NOP_LOGGER);
        same.get(REQUEST);
        same.get(CHALLENGED);
        same.get(CHALLENGED);
        assertSame(stubborn, same.getAsync(CHALLENGED).join());
        assertEquals(2, fetches.get());
        same.get(REQUEST.withClaims("{\"c\":2}"));
        assertEquals(3, fetches.get());
    }

    @Test
    void claims_differentTokensEachTime_areAskedForEachTime() {
        cache.get(REQUEST);
        cache.get(CHALLENGED);
        cache.get(CHALLENGED);
        assertEquals(List.of("none", "t1", "t2"), rejected);
    }

    @Test
    void claims_caeRequest_replacesTheCaeTokenOnly() {
        cache.get(REQUEST);
        cache.get(REQUEST.withCaeEnabled(true));
        assertEquals("t3", cache.get(CHALLENGED.withCaeEnabled(true)).token());
        assertEquals("t3", cache.get(REQUEST.withCaeEnabled(true)).token());
        assertEquals("t1", cache.get(REQUEST).token());
    }

    @Test
    void claims_failure_isNotRemembered() {
        AtomicInteger calls = new AtomicInteger();
        TokenCache failing = TokenCache.of(
                "Test",
                contexts.builder().build(),
                (request, refused) -> {
                    calls.incrementAndGet();
                    throw new IllegalArgumentException("down");
                },
                NOPLogger.NOP_LOGGER);
        assertThrows(IllegalArgumentException.class, () -> failing.get(CHALLENGED));
        assertThrows(IllegalArgumentException.class, () -> failing.get(CHALLENGED));
        assertEquals(2, calls.get());
    }

    @Test
    void claims_equalOnesAtOnce_shareOneFetch() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        TokenCache slow = TokenCache.of(
                "Test",
                contexts.builder().build(),
                (request, refused) -> {
                    await(gate);
                    return fetch(request, refused);
                },
                NOPLogger.NOP_LOGGER);
        CompletableFuture<AccessToken> first = slow.getAsync(CHALLENGED);
        CompletableFuture<AccessToken> second = slow.getAsync(CHALLENGED);
        assertEquals(1, contexts.queued());
        gate.countDown();
        contexts.runAll();
        assertSame(first.get(10, TimeUnit.SECONDS), second.get(10, TimeUnit.SECONDS));
        assertEquals(1, fetches.get());
    }

    @Test
    void claims_executorRefuses_leaveNothingBehind() {
        TokenCache refused = TokenCache.of(
                "Test",
                contexts.builder()
                        .executor(task -> {
                            throw new RejectedExecutionException();
                        })
                        .build(),
                this::fetch,
                NOPLogger.NOP_LOGGER);
        refused.get(REQUEST);
        assertTrue(refused.getAsync(CHALLENGED).isCompletedExceptionally());
        assertEquals("t2", refused.get(CHALLENGED).token());
        assertEquals(List.of("none", "t1"), rejected);
    }

    @Test
    void get_manyThreadsAndTenants_fetchEachOnce() {
        Set<String> asked = Collections.synchronizedSet(new HashSet<>());
        AtomicInteger count = new AtomicInteger();
        TokenCache shared = TokenCache.of(
                "Test",
                contexts.builder().build(),
                (request, refused) -> {
                    count.incrementAndGet();
                    asked.add(request.tenantId().orElseThrow());
                    return AccessToken.of("t", contexts.instant().plusSeconds(3600), "Test");
                },
                NOPLogger.NOP_LOGGER);
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            callers.add(CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 10_000; i++) {
                            shared.get(REQUEST.withTenantId("tenant-" + i));
                        }
                    },
                    task -> new Thread(task).start()));
        }
        callers.forEach(CompletableFuture::join);
        assertEquals(10_000, count.get());
        assertEquals(10_000, asked.size());
        assertEquals(10_000, shared.size());
    }

    @Test
    void eviction_isBoundedAndKeepsWhatIsUsed() {
        TokenCache small = cache.withMaxEntries(100);
        List<TokenRequestContext> hot = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            TokenRequestContext request = REQUEST.withTenantId("t" + i);
            small.get(request);
            if (i % 2 == 0) {
                hot.add(request);
            }
        }
        for (int i = 0; i < 1000; i++) {
            for (TokenRequestContext request : hot) {
                small.get(request);
            }
            small.get(REQUEST.withTenantId("other" + i));
            assertTrue(small.size() <= 100, "size " + small.size());
        }
        assertEquals(1100, fetches.get(), "a request in use was thrown out");
        assertThrows(IllegalArgumentException.class, () -> cache.withMaxEntries(-1));
    }

    @Test
    void eviction_boundOfOne_stillServes() {
        TokenCache tiny = cache.withMaxEntries(1);
        assertEquals("t1", tiny.get(REQUEST).token());
        assertEquals("t2", tiny.get(REQUEST.withTenantId("t")).token());
        assertEquals("t2", tiny.get(REQUEST.withTenantId("t")).token());
        assertEquals(1, tiny.size());
    }

    @Test
    void boundOfZero_laterRequests_areFetchedAnew() {
        TokenCache nothing = cache.withMaxEntries(0);
        assertEquals("t1", nothing.get(REQUEST).token());
        assertEquals("t2", nothing.get(REQUEST).token());
        CompletableFuture<AccessToken> later = nothing.getAsync(REQUEST);
        contexts.runAll();
        assertEquals("t3", later.join().token());
        assertEquals("t4", nothing.get(CHALLENGED).token());
        assertEquals(List.of("none", "none", "none", "none"), rejected);
        assertEquals(0, nothing.size());
    }

    @Test
    void boundOfZero_equalRequestsInFlight_shareOneFetch() {
        TokenCache nothing = cache.withMaxEntries(0);
        CompletableFuture<AccessToken> first = nothing.getAsync(REQUEST);
        CompletableFuture<AccessToken> second = nothing.getAsync(REQUEST);
        CompletableFuture<AccessToken> other = nothing.getAsync(REQUEST.withTenantId("t"));
        contexts.runAll();
        assertSame(first.join(), second.join());
        assertEquals("t2", other.join().token());
        assertEquals(2, fetches.get());
    }

    @Test
    void listener_hearsOfHitsAndFetches() {
        List<String> events = new ArrayList<>();
        IdentityEventListener listener = new IdentityEventListener() {
            @Override
            public void cacheHit(String credentialName) {
                events.add("hit " + credentialName);
            }

            @Override
            public Observation tokenRequested(String credentialName, TokenRequestContext request) {
                events.add("requested " + credentialName);
                return (outcome, duration, failure) -> events.add(outcome + " " + duration + " " + failure);
            }
        };
        TokenCache heard = TokenCache.of(
                "Test",
                contexts.builder().listener(listener).build(),
                (request, refused) -> {
                    contexts.advance(Duration.ofMillis(12));
                    return fetch(request, refused);
                },
                NOPLogger.NOP_LOGGER);
        heard.get(REQUEST);
        heard.get(REQUEST);
        contexts.advance(Duration.ofMinutes(56));
        heard.get(REQUEST);
        assertEquals(List.of("requested Test", "TOKEN PT0.012S null", "hit Test", "hit Test"), events);
    }

    @Test
    void listener_sourceThrowsAnError_stillHearsTheEnd() {
        List<String> events = new ArrayList<>();
        IdentityEventListener listener = new IdentityEventListener() {
            @Override
            public Observation tokenRequested(String credentialName, TokenRequestContext request) {
                return (outcome, duration, failure) -> events.add(outcome + " " + failure);
            }
        };
        TokenCache broken = TokenCache.of(
                "Test",
                contexts.builder().listener(listener).build(),
                (request, refused) -> {
                    throw new StackOverflowError("deep");
                },
                NOPLogger.NOP_LOGGER);
        assertThrows(StackOverflowError.class, () -> broken.get(REQUEST));
        assertEquals(List.of("BUG java.lang.StackOverflowError: deep"), events);
    }

    @Test
    void listener_thatThrows_changesNothing() {
        IdentityEventListener broken = new IdentityEventListener() {
            @Override
            public void cacheHit(String credentialName) {
                throw new IllegalStateException("broken");
            }

            @Override
            public Observation tokenRequested(String credentialName, TokenRequestContext request) {
                if (request.caeEnabled()) {
                    throw new IllegalStateException("broken");
                }
                return (outcome, duration, failure) -> {
                    throw new IllegalStateException("broken");
                };
            }
        };
        TokenCache heard =
                TokenCache.of("Test", contexts.builder().listener(broken).build(), this::fetch, NOPLogger.NOP_LOGGER);
        assertEquals("t1", heard.get(REQUEST).token());
        assertEquals("t1", heard.get(REQUEST).token());
        assertEquals("t2", heard.get(REQUEST.withCaeEnabled(true)).token());
    }

    @Test
    void log_standalone_tellsMoreLoudlyThanInAChain() {
        RecordingLogger log = new RecordingLogger();
        TokenCache logged = TokenCache.of("Test", contexts.builder().build(), this::fetch, log);
        logged.get(REQUEST);
        logged.get(REQUEST);
        assertEquals(List.of("DEBUG", "INFO", "DEBUG"), levels(log));
        log.forget();
        TokenCache chained = logged.inChain();
        chained.get(REQUEST);
        chained.get(REQUEST);
        assertEquals(List.of("TRACE", "DEBUG", "DEBUG"), levels(log));
        assertFalse(String.join("", log.lines()).contains("t2"), "no token in a log");
    }

    @Test
    void log_failures_byKind() {
        assertFailureLevels("INFO", new CredentialUnavailableException("Test", "absent", "Add it."));
        assertFailureLevels(
                "WARN",
                new ClientAuthenticationException(
                        FailureDetails.rejected("Test", "refused").build()));
        assertFailureLevels(
                "DEBUG",
                new ClientAuthenticationException(FailureDetails.rejected("Test", "interrupted")
                        .outcome(Outcome.CANCELLED)
                        .build()));
        assertFailureLevels("DEBUG", new IllegalArgumentException("wrong"));
    }

    private void assertFailureLevels(String standalone, RuntimeException failure) {
        RecordingLogger log = new RecordingLogger();
        TokenCache failing = TokenCache.of(
                "Test",
                contexts.builder().build(),
                (request, refused) -> {
                    throw failure;
                },
                log);
        assertSame(failure, assertThrows(RuntimeException.class, () -> failing.get(REQUEST)));
        assertEquals(List.of("DEBUG", standalone), levels(log));
        log.forget();
        assertThrows(RuntimeException.class, () -> failing.inChain().get(REQUEST));
        assertEquals(List.of("TRACE", "DEBUG"), levels(log));
    }

    @Test
    void log_strangersMessage_isScrubbed() {
        RecordingLogger log = new RecordingLogger();
        TokenCache failing = TokenCache.of(
                "Test",
                contexts.builder().build(),
                (request, refused) -> {
                    throw new IllegalArgumentException("client_secret=canary");
                },
                log);
        assertThrows(IllegalArgumentException.class, () -> failing.get(REQUEST));
        assertFalse(String.join("", log.lines()).contains("canary"));
    }

    private static List<String> levels(RecordingLogger log) {
        return log.lines().stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    private static void await(CountDownLatch gate) {
        try {
            assertTrue(gate.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
