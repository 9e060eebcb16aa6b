// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One cell, many callers: at most one fetch, nobody waits without need, nobody pays for another's interruption. */
@Timeout(120)
class TokenCellConcurrencyTest {
    private final SettableClock clock = new SettableClock();
    private final ScriptedSource source = new ScriptedSource(clock);
    private final QueueExecutor queue = new QueueExecutor();
    private final TokenCell cell = new TokenCell(source, clock, queue, () -> 0);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    private void holdFetches() {
        source.before = () -> {
            entered.countDown();
            Callers.await(gate);
        };
    }

    @ParameterizedTest(name = "tokens that live {0}")
    @ValueSource(strings = {"PT1H", "PT2M", "PT15S"})
    void get_aThousandThreadsWithoutToken_fetchOnce(String lifetime) {
        source.lifetime = Duration.parse(lifetime);
        Callers<AccessToken> callers = Callers.start(1000, cell::get);
        assertEquals(1, new HashSet<>(callers.results()).size());
        assertEquals(1, source.fetches.get());
    }

    @Test
    void get_aThousandThreadsPastRefreshOnWithASlowSource_allReturnTheOldTokenAtOnce() {
        TokenCell background = new TokenCell(source, clock, TaskExecutor.shared(), () -> 0);
        AccessToken old = background.get();
        clock.advance(Duration.ofMinutes(56));
        holdFetches();
        Callers<AccessToken> callers = Callers.start(1000, background::get);
        for (AccessToken token : callers.results()) {
            assertSame(old, token);
        }
        Callers.await(entered);
        assertSame(old, background.get());
        gate.countDown();
        Callers.until(() -> background.peek() != null);
        assertEquals(2, source.fetches.get());
        assertEquals("t2", background.get().token());
    }

    @Test
    void get_waiters_shareTheFailureAndTheNextCallTriesAgain() {
        holdFetches();
        source.failure = new IllegalArgumentException("down");
        Callers<AccessToken> callers = Callers.start(20, cell::get);
        Callers.await(entered);
        callers.awaitWaiting(19);
        gate.countDown();
        for (int i = 0; i < 20; i++) {
            assertSame(source.failure, callers.failure(i));
        }
        assertEquals(1, source.fetches.get());
        source.failure = null;
        assertEquals("t2", cell.get().token());
    }

    @Test
    void get_waiters_shareAnErrorToo() {
        holdFetches();
        source.error = new AssertionError("broken");
        Callers<AccessToken> callers = Callers.start(3, cell::get);
        Callers.await(entered);
        callers.awaitWaiting(2);
        gate.countDown();
        for (int i = 0; i < 3; i++) {
            assertSame(source.error, callers.failure(i));
        }
    }

    @ParameterizedTest(name = "by CancellationException: {0}")
    @ValueSource(booleans = {true, false})
    void get_leaderCancelled_aWaiterTakesOver(boolean plain) {
        RuntimeException cancelled = plain
                ? new CancellationException("interrupted")
                : new ClientAuthenticationException(FailureDetails.rejected("Test", "interrupted")
                        .outcome(Outcome.CANCELLED)
                        .build());
        source.before = () -> {
            if (source.fetches.get() == 1) {
                entered.countDown();
                Callers.await(gate);
                throw cancelled;
            }
        };
        Callers<AccessToken> leader = Callers.start(1, cell::get);
        Callers.await(entered);
        Callers<AccessToken> waiters = Callers.start(10, cell::get);
        CompletableFuture<AccessToken> future = cell.getAsync();
        waiters.awaitWaiting(10);
        gate.countDown();
        assertSame(cancelled, leader.failure(0));
        for (AccessToken token : waiters.results()) {
            assertEquals("t2", token.token());
        }
        queue.runAll();
        assertEquals("t2", future.join().token());
        assertEquals(2, source.fetches.get());
    }

    @Test
    void get_waiterInterrupted_endsAtOnceWithItsFlagSet() {
        holdFetches();
        Callers<AccessToken> leader = Callers.start(1, cell::get);
        Callers.await(entered);
        AtomicBoolean flag = new AtomicBoolean();
        Callers<AccessToken> waiter = Callers.start(1, () -> {
            try {
                return cell.get();
            } finally {
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        waiter.awaitWaiting(1);
        waiter.thread(0).interrupt();
        ClientAuthenticationException failure = (ClientAuthenticationException) waiter.failure(0);
        assertEquals(Outcome.CANCELLED, failure.outcome());
        assertEquals("TokenCredential: interrupted while waiting for a token.", failure.getMessage());
        assertTrue(flag.get());
        gate.countDown();
        assertEquals("t1", leader.result(0).token());
    }

    @Test
    void get_freshTokenOnAnInterruptedThread_isReturned() {
        cell.get();
        Thread.currentThread().interrupt();
        try {
            assertEquals("t1", cell.get().token());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void get_expiredWhileARenewalRuns_waitsForIt() {
        TokenCell background = new TokenCell(source, clock, TaskExecutor.shared(), () -> 0);
        background.get();
        clock.advance(Duration.ofMinutes(56));
        holdFetches();
        background.get();
        Callers.await(entered);
        clock.advance(Duration.ofMinutes(5));
        Callers<AccessToken> waiters = Callers.start(5, background::get);
        waiters.awaitWaiting(5);
        gate.countDown();
        for (AccessToken token : waiters.results()) {
            assertEquals("t2", token.token());
        }
        assertEquals(2, source.fetches.get());
    }

    @Test
    void getAsync_fetchInFlight_joinsItWithoutBlocking() {
        holdFetches();
        Callers<AccessToken> leader = Callers.start(1, cell::get);
        Callers.await(entered);
        CompletableFuture<AccessToken> first = cell.getAsync();
        CompletableFuture<AccessToken> second = cell.getAsync();
        assertFalse(first.isDone());
        assertEquals(0, queue.size());
        assertTrue(first.cancel(true));
        gate.countDown();
        assertSame(leader.result(0), second.join());
        assertEquals(1, source.fetches.get());
    }

    @Test
    void getAsync_queuedFetch_isLedByABlockingCallerWhoIsQuicker() {
        CompletableFuture<AccessToken> future = cell.getAsync();
        AccessToken token = cell.get();
        assertSame(token, future.join());
        queue.runAll();
        assertEquals(1, source.fetches.get());
    }

    @Test
    void getAsync_aThousandCallsWithoutToken_costOneTask() {
        List<CompletableFuture<AccessToken>> futures =
                Callers.start(1000, cell::getAsync).results();
        assertEquals(1, queue.size());
        queue.runAll();
        for (CompletableFuture<AccessToken> future : futures) {
            assertEquals("t1", future.join().token());
        }
    }

    @Test
    void getAsync_sourceFails_failsWithTheSameException() {
        source.failure = new IllegalArgumentException("down");
        CompletableFuture<AccessToken> future = cell.getAsync();
        queue.runAll();
        assertSame(
                source.failure,
                assertThrows(CompletionException.class, future::join).getCause());
        source.failure = null;
        CompletableFuture<AccessToken> next = cell.getAsync();
        queue.runAll();
        assertEquals("t2", next.join().token());
    }

    @Test
    void getAsync_executorRefuses_failsAndReleasesTheFlight() {
        TokenCell refused = new TokenCell(source, clock, new RefusingExecutor(), () -> 0);
        CompletableFuture<AccessToken> future = refused.getAsync();
        Throwable cause = assertThrows(CompletionException.class, future::join).getCause();
        assertEquals(RejectedExecutionException.class, cause.getClass());
        assertEquals("t1", refused.get().token());
    }

    @Test
    void getAsync_sourceAlwaysCancels_endsInsteadOfTryingForEver() throws Exception {
        source.failure = new CancellationException("always");
        TokenCell direct = new TokenCell(source, clock, Runnable::run, () -> 0);
        CompletableFuture<AccessToken> future = direct.getAsync();
        Throwable[] seen = new Throwable[1];
        future.handle((token, failure) -> seen[0] = failure).get(1, TimeUnit.MINUTES);
        assertSame(source.failure, seen[0]);
        assertEquals(2, source.fetches.get());
    }
}
