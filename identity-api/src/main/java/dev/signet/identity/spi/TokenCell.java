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
    private final AtomicReference<@Nullable CompletableFuture<AccessToken>> flight = new AtomicReference<>();
    private volatile @Nullable Held held;
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
     */
    public AccessToken get() {
        AccessToken fresh = peek();
        return fresh != null ? fresh : getStale();
    }

    /**
     * Returns the token if it is fresh. Allocates nothing.
     *
     * @return the token, or null when the source must be asked or a renewal is due
     */
    public @Nullable AccessToken peek() {
        Held now = held;
        return now != null && clock.millis() < now.refreshAtMillis ? now.token : null;
    }

    /**
     * Returns the last token, however old it is.
     *
     * @return the token, or null before the first
     */
    public @Nullable AccessToken last() {
        Held now = held;
        return now == null ? null : now.token;
    }

    /**
     * Returns a token without blocking: at once while the token is usable, else when the fetch in flight ends or one
     * that is started on the executor.
     *
     * @return a future of its own; cancelling it does not cancel the fetch
     */
    public CompletableFuture<AccessToken> getAsync() {
        AccessToken usable = usable();
        if (usable != null) {
            return CompletableFuture.completedFuture(usable);
        }
        CompletableFuture<AccessToken> running = flight.get();
        CompletableFuture<AccessToken> result =
                running != null ? running.copy() : TaskExecutor.supplyOn(executor, this::get);
        return running == null ? result : result.exceptionallyCompose(this::retryIfCancelled);
    }

    /**
     * Puts a token that was had in another way, and makes it the one to return.
     *
     * @param token the token
     */
    public void put(AccessToken token) {
        held = hold(token);
    }

    /** Forgets the token. A fetch in flight still ends, and its token is kept. */
    public void clear() {
        held = null;
        attempted = false;
    }

    private AccessToken getStale() {
        AccessToken usable = usable();
        while (usable == null) {
            CompletableFuture<AccessToken> mine = new CompletableFuture<>();
            CompletableFuture<AccessToken> running = flight.compareAndExchange(null, mine);
            if (running == null) {
                return lead(mine, false);
            }
            try {
                return running.get();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw cancelled(interrupted);
            } catch (ExecutionException failure) {
                if (!isCancellation(failure.getCause())) {
                    throw rethrown(failure.getCause());
                }
            }
            usable = usable();
        }
        return usable;
    }

    /** The token if it may be handed out; starts a renewal when one is due. */
    private @Nullable AccessToken usable() {
        Held now = held;
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
        if (refreshDue(millis)) {
            refresh();
            Held after = held;
            return after == null ? now.token : after.token;
        }
        return now.token;
    }

    private boolean refreshDue(long millis) {
        long since = millis - lastAttemptMillis;
        return !attempted || since < 0 || since >= REFRESH_PAUSE_MILLIS;
    }

    private void refresh() {
        CompletableFuture<AccessToken> mine = new CompletableFuture<>();
        if (!flight.compareAndSet(null, mine)) {
            return;
        }
        if (!refreshDue(clock.millis())) {
            release(mine);
            mine.completeExceptionally(new CancellationException());
            return;
        }
        markAttempt();
        try {
            executor.execute(() -> {
                try {
                    lead(mine, true);
                } catch (RuntimeException failure) {
                    // the old token still serves; whoever needs a new one hears of the failure from the fetch
                    markAttempt();
                }
            });
        } catch (RejectedExecutionException refused) {
            release(mine);
            mine.completeExceptionally(new CancellationException());
        }
    }

    private AccessToken lead(CompletableFuture<AccessToken> mine, boolean refresh) {
        AccessToken token;
        try {
            AccessToken already = refresh ? null : peek();
            if (already != null) {
                token = already;
            } else {
                markAttempt();
                token = checked(source.get());
                held = hold(token);
                markAttempt();
            }
        } catch (Throwable failure) {
            release(mine);
            mine.completeExceptionally(failure);
            throw failure;
        }
        release(mine);
        mine.complete(token);
        return token;
    }

    private void release(CompletableFuture<AccessToken> mine) {
        flight.compareAndSet(mine, null);
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

    private CompletableFuture<AccessToken> retryIfCancelled(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return isCancellation(cause)
                ? TaskExecutor.supplyOn(executor, this::get)
                : CompletableFuture.failedFuture(cause == null ? failure : cause);
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
}
