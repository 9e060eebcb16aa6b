// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The states of a cell on one thread: fresh, refreshable, expired, and the moments between them. */
class TokenCellTest {
    private static final Duration MILLI = Duration.ofMillis(1);

    private final SettableClock clock = new SettableClock();
    private final QueueExecutor executor = new QueueExecutor();
    private final ScriptedSource source = new ScriptedSource(clock);
    private final TokenCell cell = new TokenCell(source, clock, executor, () -> 0);

    @Test
    void get_empty_fetchesOnTheCallingThread() {
        assertNull(cell.peek());
        assertNull(cell.usable());
        assertNull(cell.last());
        assertEquals("t1", cell.get().token());
        assertEquals(0, executor.size());
    }

    @Test
    void get_fresh_returnsTheSameTokenWithoutAskingAgain() {
        AccessToken first = cell.get();
        assertSame(first, cell.get());
        assertSame(first, cell.peek());
        assertSame(first, cell.usable());
        assertEquals(1, source.fetches.get());
    }

    @Test
    void get_moreThanFiveMinutesLeft_isFresh() {
        cell.get();
        clock.advance(Duration.ofMinutes(55).minus(MILLI));
        assertEquals("t1", cell.get().token());
        assertEquals(0, executor.size());
    }

    @Test
    void get_fiveMinutesLeft_returnsTheOldTokenAndRenewsOnce() {
        cell.get();
        clock.advance(Duration.ofMinutes(55));
        assertNull(cell.peek());
        assertEquals("t1", cell.get().token());
        assertEquals("t1", cell.get().token());
        assertEquals(1, executor.size());
        executor.runAll();
        assertEquals("t2", cell.get().token());
        assertEquals(2, source.fetches.get());
    }

    @Test
    void get_tenSecondsAndAMillisecondLeft_stillReturnsTheOldToken() {
        cell.get();
        clock.advance(Duration.ofHours(1).minusSeconds(10).minus(MILLI));
        assertEquals("t1", cell.get().token());
    }

    @Test
    void get_tenSecondsLeft_fetches() {
        cell.get();
        clock.advance(Duration.ofHours(1).minusSeconds(10));
        assertNull(cell.usable());
        assertEquals("t2", cell.get().token());
        assertEquals(0, executor.size());
    }

    @Test
    void get_refreshOnPassed_renewsInTheBackground() {
        source.refreshIn = Duration.ofMinutes(10);
        cell.get();
        clock.advance(Duration.ofMinutes(10).minus(MILLI));
        cell.get();
        assertEquals(0, executor.size());
        clock.advance(MILLI);
        assertEquals("t1", cell.get().token());
        assertEquals(1, executor.size());
    }

    @Test
    void get_refreshOnLaterThanTheLastFiveMinutes_isNoAdvice() {
        source.refreshIn = Duration.ofHours(2);
        cell.get();
        clock.advance(Duration.ofMinutes(55));
        cell.get();
        assertEquals(1, executor.size());
    }

    @Test
    void get_refreshOnInThePast_waitsForThePause() {
        source.refreshIn = Duration.ofMinutes(-1);
        assertEquals("t1", cell.get().token());
        assertEquals("t1", cell.get().token());
        assertEquals(0, executor.size());
        clock.advance(Duration.ofSeconds(30));
        assertEquals("t1", cell.get().token());
        assertEquals(1, executor.size());
    }

    @Test
    void refresh_succeededWithARefreshableToken_pausesThirtySeconds() {
        source.lifetime = Duration.ofMinutes(4);
        cell.get();
        clock.advance(Duration.ofSeconds(30).minus(MILLI));
        cell.get();
        assertEquals(0, executor.size());
        clock.advance(MILLI);
        cell.get();
        assertEquals(1, executor.size());
        executor.runAll();
        assertEquals("t2", cell.get().token());
        assertEquals(0, executor.size());
    }

    @Test
    void refresh_failed_keepsTheTokenAndPausesThirtySeconds() {
        cell.get();
        clock.advance(Duration.ofMinutes(56));
        source.failure = new IllegalArgumentException("down");
        assertEquals("t1", cell.get().token());
        executor.runAll();
        clock.advance(Duration.ofSeconds(30).minus(MILLI));
        assertEquals("t1", cell.get().token());
        assertEquals(0, executor.size());
        clock.advance(MILLI);
        assertEquals("t1", cell.get().token());
        assertEquals(1, executor.size());
    }

    @Test
    void refresh_failedAtItsEnd_pausesFromThere() {
        cell.get();
        clock.advance(Duration.ofMinutes(56));
        source.failure = new IllegalArgumentException("down");
        source.before = () -> clock.advance(Duration.ofSeconds(25));
        cell.get();
        executor.runAll();
        clock.advance(Duration.ofSeconds(29));
        cell.get();
        assertEquals(0, executor.size());
    }

    @Test
    void get_expiredWithinThePause_fetchesAtOnce() {
        cell.get();
        clock.advance(Duration.ofHours(1).minusSeconds(11));
        source.failure = new IllegalArgumentException("down");
        assertEquals("t1", cell.get().token());
        executor.runAll();
        source.failure = null;
        clock.advance(Duration.ofSeconds(2));
        assertEquals("t3", cell.get().token());
    }

    @Test
    void get_expiredAndFailing_triesAgainOnEveryCall() {
        source.failure = new IllegalArgumentException("down");
        assertSame(source.failure, assertThrows(IllegalArgumentException.class, cell::get));
        assertSame(source.failure, assertThrows(IllegalArgumentException.class, cell::get));
        assertEquals(2, source.fetches.get());
    }

    @Test
    void get_clockWentBack_keepsTheTokenAndMayRenew() {
        source.lifetime = Duration.ofMinutes(4);
        cell.get();
        clock.advance(Duration.ofHours(-1));
        assertEquals("t1", cell.get().token());
        clock.advance(Duration.ofHours(1).minusSeconds(5));
        assertEquals("t1", cell.get().token());
        assertEquals(1, executor.size());
    }

    @ParameterizedTest(name = "jitter {0}, token of {1}: renewed after {2}")
    @CsvSource({
        "0, PT1H, PT55M",
        "1, PT25M, PT18M",
        "1, PT1H, PT50M",
        "0.5, PT1H, PT52M30S",
        "1, PT24H, PT23H50M",
        "1, PT4M, PT30S",
        "1, PT5M, PT30S",
    })
    void jitter_spreadsOverATenthOfTheWindowAtMostFiveMinutes(double jitter, Duration lifetime, Duration due) {
        TokenCell spread = new TokenCell(source, clock, executor, () -> jitter);
        source.lifetime = lifetime;
        spread.get();
        clock.advance(due.minus(MILLI));
        spread.usable();
        assertEquals(0, executor.size());
        clock.advance(MILLI);
        spread.usable();
        assertEquals(1, executor.size());
    }

    @Test
    void get_sourceGaveAnExpiredToken_isATransientFailure() {
        source.lifetime = Duration.ZERO;
        ClientAuthenticationException failure = assertThrows(ClientAuthenticationException.class, cell::get);
        assertEquals(
                "Test: the source gave a token that has expired. Check the clock of this machine.",
                failure.getMessage());
        assertEquals(Outcome.TRANSIENT, failure.outcome());
        assertNull(cell.last());
    }

    @Test
    void get_sourceGaveATokenInItsLastSeconds_handsItOutOnce() {
        source.lifetime = Duration.ofSeconds(5);
        assertEquals("t1", cell.get().token());
        assertEquals("t2", cell.get().token());
    }

    @Test
    void get_sourceThrewAnError_releasesTheFlight() {
        source.error = new AssertionError("broken");
        assertSame(source.error, assertThrows(AssertionError.class, cell::get));
        source.error = null;
        assertEquals("t2", cell.get().token());
    }

    @Test
    void get_sourceAsksTheCellItself_isRefusedInsteadOfWaitingForEver() {
        source.before = cell::get;
        IllegalStateException failure = assertThrows(IllegalStateException.class, cell::get);
        assertEquals(
                "the source of a token asked for the very token that it should fetch; a chain must not contain itself",
                failure.getMessage());
        source.before = () -> {};
        assertEquals("t2", cell.get().token());
    }

    @Test
    void get_sourceJoinsAFutureOfTheCellItself_isRefusedInsteadOfWaitingForEver() {
        source.before = () -> cell.getAsync().join();
        RuntimeException failure = assertThrows(RuntimeException.class, cell::get);
        assertEquals(IllegalStateException.class, failure.getCause().getClass());
    }

    @Test
    void refresh_executorRefuses_returnsTheOldTokenAndTriesLater() {
        TokenCell refused = new TokenCell(source, clock, new RefusingExecutor(), () -> 0);
        refused.get();
        clock.advance(Duration.ofMinutes(56));
        assertEquals("t1", refused.get().token());
        clock.advance(Duration.ofMinutes(4));
        assertEquals("t2", refused.get().token());
    }

    @Test
    void refresh_executorBreaks_releasesTheFlight() {
        OutOfMemoryError noThread = new OutOfMemoryError("unable to create native thread");
        TokenCell broken = new TokenCell(
                source,
                clock,
                task -> {
                    throw noThread;
                },
                () -> 0);
        broken.get();
        clock.advance(Duration.ofMinutes(56));
        assertSame(noThread, assertThrows(OutOfMemoryError.class, broken::get));
        clock.advance(Duration.ofMinutes(4));
        assertEquals("t2", broken.get().token());
    }

    @Test
    void get_expiredWhileTheRenewalStillQueues_fetchesOnTheCallingThread() {
        cell.get();
        clock.advance(Duration.ofMinutes(56));
        cell.get();
        assertEquals(1, executor.size());
        clock.advance(Duration.ofMinutes(4));
        assertEquals("t2", cell.get().token());
        executor.runAll();
        assertEquals(2, source.fetches.get());
    }

    @Test
    void refresh_directExecutor_returnsTheNewToken() {
        TokenCell direct = new TokenCell(source, clock, Runnable::run, () -> 0);
        direct.get();
        clock.advance(Duration.ofMinutes(56));
        assertEquals("t2", direct.get().token());
    }

    @Test
    void refresh_directExecutorFailsForLongerThanTheTokenLives_isNotHandedOutExpired() {
        TokenCell direct = new TokenCell(source, clock, Runnable::run, () -> 0);
        direct.get();
        clock.advance(Duration.ofMinutes(59));
        source.failure = new IllegalArgumentException("down");
        source.before = () -> clock.advance(Duration.ofMinutes(2));
        assertSame(source.failure, assertThrows(IllegalArgumentException.class, direct::get));
    }

    @Test
    void put_replacesTheToken() {
        cell.get();
        AccessToken other = AccessToken.of("other", clock.instant().plusSeconds(3600), "Test");
        cell.put(other);
        assertSame(other, cell.get());
        assertSame(other, cell.last());
    }

    @Test
    void put_duringARenewal_isNotReplacedByItsOlderToken() {
        cell.get();
        clock.advance(Duration.ofMinutes(56));
        AccessToken other = AccessToken.of("other", clock.instant().plusSeconds(3600), "Test");
        source.before = () -> cell.put(other);
        cell.get();
        executor.runAll();
        assertEquals(2, source.fetches.get());
        assertSame(other, cell.get());
    }

    @Test
    void clear_forgetsTokenAndPause() {
        cell.get();
        cell.clear();
        assertNull(cell.last());
        assertEquals("t2", cell.get().token());
    }

    @Test
    void clear_duringAFetch_keepsItsToken() {
        source.before = cell::clear;
        AccessToken first = cell.get();
        source.before = () -> {};
        assertSame(first, cell.get());
    }

    @Test
    void getAsync_usable_isCompleteAtOnce() {
        cell.get();
        assertTrue(cell.getAsync().isDone());
        clock.advance(Duration.ofMinutes(56));
        assertEquals("t1", cell.getAsync().join().token());
        assertEquals(1, executor.size());
    }

    @Test
    void getAsync_empty_fetchesOnTheExecutorOnceForAll() {
        var first = cell.getAsync();
        var second = cell.getAsync();
        assertFalse(first.isDone());
        assertEquals(1, executor.size());
        executor.runAll();
        assertSame(first.join(), second.join());
        assertEquals(1, source.fetches.get());
    }

    @Test
    void getAsync_oneFutureCancelled_leavesTheOthers() {
        var first = cell.getAsync();
        var second = cell.getAsync();
        first.cancel(true);
        executor.runAll();
        assertEquals("t1", second.join().token());
        assertTrue(first.isCancelled());
    }

    @Test
    void getAsync_directExecutor_fetchesInline() {
        TokenCell direct = new TokenCell(source, clock, Runnable::run, () -> 0);
        assertEquals("t1", direct.getAsync().join().token());
    }
}
