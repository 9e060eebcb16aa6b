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
 * One walk along a chain. It runs on one thread; another one may read it once the walk was abandoned, so its state
 * is guarded by the list of attempts.
 */
final class Walk {
    private final TokenRequestContext request;
    private final List<Link> links;
    private final IdentityGuard guard;
    private final InstantSource clock;
    private final long start;
    private final List<Attempt> attempts = new ArrayList<>();
    private final CompletableFuture<AccessToken> result = new CompletableFuture<>();
    private int next;
    private boolean stopped;
    private boolean abandoned;
    private @Nullable Link winner;

    Walk(TokenRequestContext request, List<Link> links, IdentityGuard guard, InstantSource clock) {
        this.request = request;
        this.links = links;
        this.guard = guard;
        this.clock = clock;
        this.start = clock.millis();
    }

    TokenRequestContext request() {
        return request;
    }

    /** Completes when the walk is over, for callers who share it. */
    CompletableFuture<AccessToken> result() {
        return result;
    }

    /** Tries link after link; null when none gave a token. */
    @Nullable
    AccessToken run() {
        while (true) {
            Link link;
            synchronized (attempts) {
                if (abandoned || stopped || next == links.size()) {
                    return null;
                }
                link = links.get(next);
            }
            long begun = clock.millis();
            AccessToken token = null;
            Attempt attempt;
            try {
                token = attempt(link);
                attempt = Attempt.succeeded(link.name(), since(begun));
            } catch (RuntimeException | LinkageError failure) {
                attempt = failed(link, failure, begun);
            }
            synchronized (attempts) {
                if (abandoned) {
                    return null;
                }
                next++;
                attempts.add(attempt);
                stopped = token != null || !goesOn(link, attempt);
                winner = token == null ? null : link;
            }
            if (token != null) {
                return token;
            }
        }
    }

    /** Tries every link, whatever becomes of the others. */
    void runAll() {
        for (Link link : links) {
            long begun = clock.millis();
            try {
                AccessToken unused = attempt(link);
                attempts.add(Attempt.succeeded(link.name(), since(begun)));
            } catch (RuntimeException | LinkageError failure) {
                attempts.add(failed(link, failure, begun));
            }
            next++;
        }
    }

    /** Ends the walk where it stands: the link that is being tried gets a row that says so. */
    void abandon(String reason) {
        synchronized (attempts) {
            abandoned = true;
            if (next < links.size()) {
                attempts.add(Attempt.failed(
                        links.get(next).name(),
                        ChainFailures.cancelled(links.get(next).name(), reason),
                        elapsed()));
                next++;
                stopped = true;
            }
        }
    }

    @Nullable
    Link winner() {
        synchronized (attempts) {
            return winner;
        }
    }

    List<Attempt> attempts() {
        synchronized (attempts) {
            return new ArrayList<>(attempts);
        }
    }

    List<Link> remaining() {
        synchronized (attempts) {
            return links.subList(next, links.size());
        }
    }

    boolean stopped() {
        synchronized (attempts) {
            return stopped;
        }
    }

    Duration elapsed() {
        return since(start);
    }

    private AccessToken attempt(Link link) {
        AccessToken token = link.getToken(request);
        if (token == null) {
            throw ChainFailures.nothing(link.name());
        }
        guard.check(link.name(), token);
        return token;
    }

    /** A credential that is alone in its chain applies: a failure of its own making is a refusal, not absence. */
    private Attempt failed(Link link, Throwable failure, long begun) {
        Attempt attempt = Attempt.failed(link.name(), failure, since(begun));
        boolean refused = links.size() == 1
                && attempt.outcome() == Outcome.UNAVAILABLE
                && !(failure instanceof CredentialUnavailableException);
        return refused ? attempt.withOutcome(Outcome.REJECTED) : attempt;
    }

    private static boolean goesOn(Link link, Attempt attempt) {
        Outcome outcome = attempt.outcome();
        return outcome != Outcome.CANCELLED
                && (link.isPlaceholder() || link.fallThrough().passes(outcome));
    }

    private Duration since(long millis) {
        return Duration.ofMillis(Math.max(0, clock.millis() - millis));
    }
}
