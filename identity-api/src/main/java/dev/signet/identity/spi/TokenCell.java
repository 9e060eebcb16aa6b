// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one token usable. Fresh: it is returned. Refreshable (past its renewal time, or less than five minutes
 * left): it is returned and renewed once in the background, at most every 30 seconds. Expired (less than ten seconds
 * left): callers wait for one fetch and share its result or failure. Thread-safe; takes no lock, allocates nothing
 * while the token is fresh, and holds no thread.
 *
 * @apiNote Credentials with several requests keep one cell for each.
 * @since 0.1.0
 */
public final class TokenCell {
    /** A token with less than this left is renewed: {@value} milliseconds. */
    public static final long REFRESH_WINDOW_MILLIS = 300_000;

    /** A token with less than this left is not handed out: {@value} milliseconds. */
    public static final long EXPIRY_MARGIN_MILLIS = 10_000;

    /** The time between two background renewals, whatever became of the first: {@value} milliseconds. */
    public static final long REFRESH_PAUSE_MILLIS = 30_000;

    private final Supplier<AccessToken> source;
    private final InstantSource clock;
    private final Executor executor;
    private final DoubleSupplier jitter;
    private final AtomicReference<@Nullable Flight> flight = new AtomicReference<>();
    private final AtomicReference<@Nullable Held> held = new AtomicReference<>();
    private volatile long lastAttemptMillis;
    private volatile boolean attempted;

    /**
     * An empty cell.
     *
     * @param source fetches a token on the calling thread
     * @param clock tells the time
     * @param executor runs renewals while callers go on with the old token
     * @param jitter numbers from 0 to 1 that spread renewals over a tenth of their window, at most five minutes
     */
    public TokenCell(Supplier<AccessToken> source, InstantSource clock, Executor executor, DoubleSupplier jitter) {
        this.source = source;
        this.clock = clock;
        this.executor = executor;
        this.jitter = jitter;
    }

    /**
     * Returns a token that is valid now, from memory or from the source.
     *
     * @return the token
     * @throws ClientAuthenticationException what the source throws, or with {@link Outcome#CANCELLED} when the
     *     thread is interrupted while it waits for another thread's fetch
     * @throws IllegalStateException if the source, directly or not, asks this cell for the token it should fetch
     */
    public AccessToken get() {
        AccessToken usable = usable();
        while (usable == null) {
            Flight running = join();
            if (running.claim()) {
                return lead(running);
            }
            if (running.ledHere()) {
                throw askedForItself();
            }
            try {
                return running.result.get();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw cancelled(interrupted);
            } catch (CancellationException leaderInterrupted) {
                // no reason for this caller to fail: somebody else leads now
            } catch (ExecutionException failure) {
                if (!isCancellation(failure.getCause())) {
                    throw rethrown(failure.getCause());
                }
            }
            usable = usable();
        }
        return usable;
    }

    /**
     * Returns the token if it is fresh. Allocates nothing.
     *
     * @return the token, or null when the source must be asked or a renewal is due
     */
    public @Nullable AccessToken peek() {
        Held now = held.get();
        return now != null && clock.millis() < now.refreshAtMillis ? now.token : null;
    }

    /**
     * Returns the token if it may be handed out, and starts a renewal when one is due. Never waits for one, unless
     * the executor runs tasks on the calling thread. Allocates nothing while the token is fresh.
     *
     * @return the token, or null when a caller would have to wait for the source
     */
    public @Nullable AccessToken usable() {
        Held now = held.get();
        if (now == null) {
            return null;
        }
        long millis = clock.millis();
        if (millis < now.refreshAtMillis) {
            return now.token;
        }
        if (millis >= now.expiresAtMillis - EXPIRY_MARGIN_MILLIS) {
            return null;
        }
        if (!refreshDue(millis)) {
            return now.token;
        }
        refresh();
        return unexpired();
    }

    /**
     * Returns the last token, however old it is.
     *
     * @return the token, or null before the first
     */
    public @Nullable AccessToken last() {
        Held now = held.get();
        return now == null ? null : now.token;
    }

    /**
     * Returns a token without blocking: at once while the token is usable, else when the fetch in flight ends or one
     * that is started on the executor. However many futures are handed out, one task serves them.
     *
     * @return a future of its own; cancelling it does not cancel the fetch
     */
    public CompletableFuture<AccessToken> getAsync() {
        AccessToken usable = usable();
        if (usable != null) {
            return CompletableFuture.completedFuture(usable);
        }
        CompletableFuture<AccessToken> own = new CompletableFuture<>();
        Flight mine = new Flight(this, false);
        Flight running = flight.compareAndExchange(null, mine);
        if (running != null && running.ledHere()) {
            own.completeExceptionally(askedForItself());
            return own;
        }
        follow(running == null ? mine : running, own);
        if (running == null) {
            start(mine);
        }
        return own;
    }

    /**
     * Puts a token that was had in another way, and makes it the one to return; a fetch in flight does not replace
     * it.
     *
     * @param token the token
     */
    public void put(AccessToken token) {
        held.set(hold(token));
    }

    /** Forgets the token. A fetch in flight still ends, and its token is kept. */
    public void clear() {
        held.set(null);
        attempted = false;
    }

    /** The flight under way, or a new one that nobody leads yet. */
    private Flight join() {
        Flight mine = new Flight(this, false);
        Flight running = flight.compareAndExchange(null, mine);
        return running == null ? mine : running;
    }

    /** Hands on what a flight brings; its leader's interruption is no reason for others to fail, so they try anew. */
    private void follow(Flight running, CompletableFuture<AccessToken> own) {
        CompletableFuture<AccessToken> unused = running.result.whenComplete((token, failure) -> {
            if (isCancellation(failure)) {
                handOn(TaskExecutor.supplyOn(executor, this::get), own);
            } else {
                settle(own, token, failure);
            }
        });
    }

    private static void handOn(CompletableFuture<AccessToken> from, CompletableFuture<AccessToken> own) {
        CompletableFuture<AccessToken> unused = from.whenComplete((token, failure) -> settle(own, token, failure));
    }

    private static void settle(
            CompletableFuture<AccessToken> own, @Nullable AccessToken token, @Nullable Throwable failure) {
        if (failure != null) {
            own.completeExceptionally(failure);
        } else {
            own.complete(token);
        }
    }

    private @Nullable AccessToken unexpired() {
        Held now = held.get();
        return now != null && clock.millis() < now.expiresAtMillis - EXPIRY_MARGIN_MILLIS ? now.token : null;
    }

    private boolean refreshDue(long millis) {
        long since = millis - lastAttemptMillis;
        return !attempted || since < 0 || since >= REFRESH_PAUSE_MILLIS;
    }

    private void refresh() {
        Flight mine = new Flight(this, true);
        if (!flight.compareAndSet(null, mine)) {
            return;
        }
        if (refreshDue(clock.millis())) {
            markAttempt();
            start(mine);
        } else if (mine.claim()) {
            fail(mine, new CancellationException());
        }
    }

    /** Has the executor lead a flight, unless a caller who must wait for it anyway is quicker. */
    private void start(Flight mine) {
        try {
            executor.execute(mine);
        } catch (RejectedExecutionException refused) {
            if (mine.claim()) {
                fail(mine, mine.refresh ? new CancellationException() : refused);
            }
        } catch (RuntimeException | Error broken) {
            if (mine.claim()) {
                fail(mine, broken);
            }
            throw broken;
        }
    }

    private AccessToken lead(Flight mine) {
        AccessToken token;
        try {
            Held before = held.get();
            AccessToken already = mine.refresh ? null : unexpired();
            if (already != null) {
                token = already;
            } else {
                markAttempt();
                token = checked(source.get());
                keep(before, hold(token));
                markAttempt();
            }
        } catch (Throwable failure) {
            fail(mine, failure);
            throw failure;
        }
        flight.compareAndSet(mine, null);
        mine.result.complete(token);
        return token;
    }

    private void fail(Flight mine, Throwable failure) {
        flight.compareAndSet(mine, null);
        mine.result.completeExceptionally(failure);
    }

    private void keep(@Nullable Held before, Held fetched) {
        if (!held.compareAndSet(before, fetched)) {
            held.compareAndSet(null, fetched);
        }
    }

    private void markAttempt() {
        lastAttemptMillis = clock.millis();
        attempted = true;
    }

    private AccessToken checked(AccessToken token) {
        if (token.expiresOn().toEpochMilli() <= clock.millis()) {
            throw new ClientAuthenticationException(
                    FailureDetails.rejected(token.credentialName(), "the source gave a token that has expired")
                            .outcome(Outcome.TRANSIENT)
                            .remedy("Check the clock of this machine.")
                            .build());
        }
        return token;
    }

    private Held hold(AccessToken token) {
        long now = clock.millis();
        long expiresAt = token.expiresOn().toEpochMilli();
        long refreshAt = expiresAt - REFRESH_WINDOW_MILLIS;
        if (token.refreshOn().isPresent()) {
            refreshAt = Math.min(refreshAt, token.refreshOn().get().toEpochMilli());
        }
        long window = refreshAt - now;
        if (window > 0) {
            refreshAt -= (long) (jitter.getAsDouble() * Math.min(window / 10, REFRESH_WINDOW_MILLIS));
        }
        return new Held(token, refreshAt, expiresAt);
    }

    private static boolean isCancellation(@Nullable Throwable failure) {
        return failure instanceof CancellationException
                || failure instanceof ClientAuthenticationException known && known.outcome() == Outcome.CANCELLED;
    }

    private static RuntimeException rethrown(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException unchecked) {
            return unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return new CompletionException(failure);
    }

    private static ClientAuthenticationException cancelled(InterruptedException cause) {
        return new ClientAuthenticationException(
                FailureDetails.rejected("TokenCredential", "interrupted while waiting for a token")
                        .outcome(Outcome.CANCELLED)
                        .build(),
                cause);
    }

    private static IllegalStateException askedForItself() {
        return new IllegalStateException("the source of a token asked for the very token that it should fetch; a chain"
                + " must not contain itself");
    }

    /** A token with its times in milliseconds, so that a hit compares two longs. */
    private static final class Held {
        final AccessToken token;
        final long refreshAtMillis;
        final long expiresAtMillis;

        Held(AccessToken token, long refreshAtMillis, long expiresAtMillis) {
            this.token = token;
            this.refreshAtMillis = refreshAtMillis;
            this.expiresAtMillis = expiresAtMillis;
        }
    }

    /**
     * One fetch, from the moment somebody wants it. Whoever claims it leads it; the others wait for its result. It is
     * its own task: a class that only renewals need would be loaded by the first caller who finds the token due.
     */
    private static final class Flight implements Runnable {
        final boolean refresh;
        final CompletableFuture<AccessToken> result = new CompletableFuture<>();
        private final TokenCell cell;
        private final AtomicReference<@Nullable Thread> leader = new AtomicReference<>();

        Flight(TokenCell cell, boolean refresh) {
            this.cell = cell;
            this.refresh = refresh;
        }

        @Override
        public void run() {
            if (!claim()) {
                return;
            }
            try {
                cell.lead(this);
            } catch (RuntimeException failure) {
                // those who wait hear of it from the flight; the old token, if any, still serves
                cell.markAttempt();
            }
        }

        boolean claim() {
            return leader.compareAndSet(null, Thread.currentThread());
        }

        /** Whether waiting for it here would be waiting for ever. */
        boolean ledHere() {
            return leader.get() == Thread.currentThread() && !result.isDone();
        }
    }
}
