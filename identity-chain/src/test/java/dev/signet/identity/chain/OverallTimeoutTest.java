// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.Attempt;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.core.StandardContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A deadline that holds although a link ignores everything. */
@Timeout(60)
final class OverallTimeoutTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final FakeCredential unavailable = FakeCredential.failing(FakeCredential.unavailable("First"));
    private final FakeCredential hanging = FakeCredential.doing(request -> hang());
    private final FakeCredential last = FakeCredential.giving("Last");

    @AfterEach
    void releaseHanging() {
        release.countDown();
    }

    @Test
    void walk_hangingLink_endsWithARowThatSaysSo() {
        ChainedTokenCredential chain = chain(SHORT, unavailable, hanging, last);
        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT));
        assertEquals(Outcome.CANCELLED, failure.outcome());
        List<Attempt> rows = failure.attempts();
        assertEquals(2, rows.size());
        assertEquals("Link2", rows.get(1).credentialName());
        assertEquals("no answer within the chain's deadline", rows.get(1).reason());
        assertEquals(List.of("Link3"), chain.lastReport().orElseThrow().notTried());
        assertTrue(failure.getMessage().contains("cancelled, stopped here"), failure.getMessage());
        release.countDown();
        assertEquals(0, last.calls.get());
    }

    @Test
    void walk_inTime_givesToken() {
        ChainedTokenCredential chain = chain(LONG, unavailable, last);
        assertEquals("Last", chain.getToken(FakeCredential.VAULT).credentialName());
        assertEquals("Last", chain.getToken(FakeCredential.VAULT).credentialName());
        assertEquals(1, unavailable.calls.get());
    }

    @Test
    void walk_error_propagates() {
        OutOfMemoryError error = new OutOfMemoryError("simulated");
        ChainedTokenCredential chain = chain(LONG, FakeCredential.failing(error));
        assertSame(error, assertThrows(OutOfMemoryError.class, () -> chain.getToken(FakeCredential.VAULT)));
    }

    @Test
    void waiter_hangingLink_sharesTheDeadlineInsteadOfWalkingAgain() throws Exception {
        ChainedTokenCredential chain = chain(Duration.ofMillis(300), hanging);
        FutureTask<AccessToken> leader = new FutureTask<>(() -> chain.getToken(FakeCredential.VAULT));
        new Thread(leader).start();
        entered.await();
        assertEquals(
                Outcome.CANCELLED,
                assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT))
                        .outcome());
        assertThrows(ExecutionException.class, leader::get);
        assertEquals(1, hanging.calls.get());
    }

    @Test
    void caller_interrupted_endsWithFlagSet() throws Exception {
        ChainedTokenCredential chain = chain(LONG, hanging, last);
        boolean[] flag = new boolean[1];
        FutureTask<AccessToken> call = new FutureTask<>(() -> {
            try {
                return chain.getToken(FakeCredential.VAULT);
            } finally {
                flag[0] = Thread.currentThread().isInterrupted();
            }
        });
        Thread thread = new Thread(call);
        thread.start();
        entered.await();
        thread.interrupt();
        ClientAuthenticationException failure = assertInstanceOf(
                ClientAuthenticationException.class,
                assertThrows(ExecutionException.class, call::get).getCause());
        assertEquals(Outcome.CANCELLED, failure.outcome());
        assertEquals(
                "interrupted while the chain was tried",
                failure.attempts().get(0).reason());
        assertTrue(flag[0]);
        assertEquals(0, last.calls.get());
    }

    @Test
    void winner_hangingLater_endsInTime() {
        FakeCredential winner = FakeCredential.giving("Winner");
        ChainedTokenCredential chain = chain(SHORT, winner, last);
        chain.getToken(FakeCredential.VAULT);
        winner.behaviour = request -> hang();
        assertEquals(
                Outcome.CANCELLED,
                assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT))
                        .outcome());
        CompletableFuture<AccessToken> async = chain.getTokenAsync(FakeCredential.VAULT);
        assertInstanceOf(
                ClientAuthenticationException.class,
                assertThrows(ExecutionException.class, () -> async.get(30, TimeUnit.SECONDS))
                        .getCause());
    }

    @Test
    void winner_failingLater_throwsItsFailure() {
        FakeCredential winner = FakeCredential.giving("Winner");
        ChainedTokenCredential chain = chain(LONG, winner, last);
        chain.getToken(FakeCredential.VAULT);
        ClientAuthenticationException failure = FakeCredential.failure("Winner", Outcome.REJECTED);
        winner.fail(failure);
        assertSame(
                failure, assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT)));
    }

    @Test
    void winner_callerInterrupted_endsWithFlagSet() throws Exception {
        FakeCredential winner = FakeCredential.giving("Winner");
        ChainedTokenCredential chain = chain(LONG, winner);
        chain.getToken(FakeCredential.VAULT);
        winner.behaviour = request -> hang();
        boolean[] flag = new boolean[1];
        FutureTask<AccessToken> call = new FutureTask<>(() -> {
            try {
                return chain.getToken(FakeCredential.VAULT);
            } finally {
                flag[0] = Thread.currentThread().isInterrupted();
            }
        });
        Thread thread = new Thread(call);
        thread.start();
        entered.await();
        thread.interrupt();
        assertInstanceOf(
                ClientAuthenticationException.class,
                assertThrows(ExecutionException.class, call::get).getCause());
        assertTrue(flag[0]);
    }

    @Test
    void diagnose_hangingLink_endsInTime() {
        DefaultAzureCredential chain = Chains.empty()
                .discovery(false)
                .add("Hanging", hanging)
                .add("Last", last)
                .overallTimeout(SHORT)
                .build();
        ChainReport report = chain.diagnose(FakeCredential.VAULT);
        assertEquals(Outcome.CANCELLED, report.attempts().get(0).outcome());
        assertEquals(List.of("Last"), report.notTried());
    }

    @Test
    void chain_withoutLinks_failsWithAReport() {
        DefaultAzureCredential chain =
                Chains.empty().overallTimeout(SHORT).executor(task -> {}).build();
        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT));
        assertTrue(failure.getMessage().startsWith("DefaultAzureCredential got no token"), failure.getMessage());
    }

    @Test
    void executor_lentThread_isGivenBackWithoutInterrupt() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            ChainedTokenCredential chain = ChainedTokenCredential.builder()
                    .add(FakeCredential.doing(request -> hang()))
                    .overallTimeout(SHORT)
                    .context(StandardContext.builder().executor(pool).build())
                    .build();
            assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT));
            release.countDown();
            assertFalse(
                    pool.submit(() -> Thread.currentThread().isInterrupted()).get());
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void timeout_notPositive_isRefused() {
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThrows(IllegalArgumentException.class, () -> DefaultAzureCredential.builder()
                    .overallTimeout(wrong));
            assertThrows(IllegalArgumentException.class, () -> ChainedTokenCredential.builder()
                    .overallTimeout(wrong));
        }
    }

    private static ChainedTokenCredential chain(Duration timeout, FakeCredential... links) {
        ChainedTokenCredential.Builder builder =
                ChainedTokenCredential.builder().overallTimeout(timeout).stickiness(Stickiness.STICKY);
        for (int i = 0; i < links.length; i++) {
            builder.add("Link" + (i + 1), links[i], FallThrough.ON_UNAVAILABLE);
        }
        return builder.build();
    }

    /** Waits for the end of the test, whoever interrupts. */
    private AccessToken hang() {
        entered.countDown();
        boolean interrupted = false;
        while (true) {
            try {
                release.await();
                break;
            } catch (InterruptedException ignored) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return FakeCredential.token("Hanging");
    }
}
