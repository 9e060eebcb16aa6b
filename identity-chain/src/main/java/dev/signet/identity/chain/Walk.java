// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.AccessToken;
import dev.signet.identity.Attempt;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One walk along a chain. It runs on one thread; another one may end it before its time, so its state is guarded by
 * the list of attempts. No lock is held while a link is asked.
 */
final class Walk {
    private final TokenRequestContext request;
    private final List<Link> links;
    private final IdentityGuard guard;
    private final InstantSource clock;
    private final boolean toTheEnd;
    private final long start;
    private final List<Attempt> attempts = new ArrayList<>();
    private final CompletableFuture<AccessToken> result = new CompletableFuture<>();
    private volatile @Nullable Thread runner;
    private long linkStart;
    private long end;
    private int next;
    private boolean over;
    private boolean stopped;
    private boolean late;
    private @Nullable Link winner;
    private @Nullable AccessToken token;

    /** A walk that is yet to start; one to the very end tries every link, whatever becomes of the others. */
    Walk(TokenRequestContext request, List<Link> links, ChainSettings settings, InstantSource clock, boolean toTheEnd) {
        this.request = request;
        this.links = links;
        this.guard = settings.guard();
        this.clock = clock;
        this.toTheEnd = toTheEnd;
        this.start = clock.millis();
    }

    TokenRequestContext request() {
        return request;
    }

    /** Completes when the walk's caller has its answer, for callers who share it. */
    CompletableFuture<AccessToken> result() {
        return result;
    }

    /** Tries link after link until one gives a token or stops the walk. */
    void run() {
        runner = Thread.currentThread();
        try {
            Link link = first();
            while (link != null) {
                link = behind(link);
            }
        } finally {
            runner = null;
        }
    }

    /** Ends the walk where it stands, if it is not over: the link that is being tried gets a row that says why. */
    void abandon(String reason, boolean late) {
        synchronized (attempts) {
            if (over) {
                return;
            }
            if (next < links.size()) {
                String name = links.get(next).name();
                attempts.add(Attempt.failed(name, ChainFailures.cancelled(name, reason), since(linkStart)));
                next++;
            }
            this.late = late;
            end(true);
        }
    }

    /** Whether this thread is in the middle of the walk, so that it cannot wait for it. */
    boolean isRunBy(Thread thread) {
        return runner == thread;
    }

    /** The credential that gave the token; null when none did. */
    @Nullable
    Link winner() {
        synchronized (attempts) {
            return winner;
        }
    }

    /** The token; null when no link gave one. */
    @Nullable
    AccessToken token() {
        synchronized (attempts) {
            return token;
        }
    }

    List<Attempt> attempts() {
        synchronized (attempts) {
            return new ArrayList<>(attempts);
        }
    }

    /** The links behind the one that ended the walk. */
    List<Link> remaining() {
        synchronized (attempts) {
            return links.subList(next, links.size());
        }
    }

    /** Whether the last attempt ended the walk, with a token or without. */
    boolean stopped() {
        synchronized (attempts) {
            return stopped;
        }
    }

    /** Whether the walk was ended because its time was up. */
    boolean late() {
        synchronized (attempts) {
            return late;
        }
    }

    /** From the start to the end; to now while it runs. */
    Duration duration() {
        synchronized (attempts) {
            return over ? Duration.ofMillis(Math.max(0, end - start)) : since(start);
        }
    }

    private @Nullable Link first() {
        synchronized (attempts) {
            return upcoming();
        }
    }

    /** Tries a link; returns the next one to try, or null at the end. */
    private @Nullable Link behind(Link link) {
        AccessToken given = null;
        Attempt attempt;
        long begun = clock.millis();
        try {
            given = link.getToken(request);
            guard.check(link.name(), given);
            attempt = Attempt.succeeded(link.name(), since(begun));
        } catch (RuntimeException | LinkageError failure) {
            given = null;
            attempt = failed(link, failure, begun);
        }
        synchronized (attempts) {
            if (over) {
                return null;
            }
            next++;
            attempts.add(attempt);
            if (given != null && token == null) {
                token = given;
                winner = link;
            }
            if (toTheEnd
                    ? attempt.outcome() == Outcome.CANCELLED && !link.isPlaceholder()
                    : given != null || !goesOn(link, attempt)) {
                end(true);
            }
            return upcoming();
        }
    }

    private @Nullable Link upcoming() {
        if (!over && next == links.size()) {
            end(false);
        }
        linkStart = clock.millis();
        return over ? null : links.get(next);
    }

    private void end(boolean byAttempt) {
        over = true;
        stopped = byAttempt;
        end = clock.millis();
    }

    /** A credential that is alone in its chain applies: a failure of its own making is a refusal, not absence. */
    private Attempt failed(Link link, Throwable failure, long begun) {
        Attempt attempt = LinkFailures.attempt(link.name(), failure, since(begun));
        boolean refused = links.size() == 1
                && attempt.outcome() == Outcome.UNAVAILABLE
                && !(failure instanceof CredentialUnavailableException);
        return refused ? attempt.withOutcome(Outcome.REJECTED) : attempt;
    }

    /** What could not even be made has no say in where the walk ends. */
    private static boolean goesOn(Link link, Attempt attempt) {
        return link.isPlaceholder() || link.fallThrough().passes(attempt.outcome());
    }

    private Duration since(long millis) {
        return Duration.ofMillis(Math.max(0, clock.millis() - millis));
    }
}
