// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.AccessToken;
import dev.signet.identity.Attempt;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.IdentityEventListener;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TaskExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine of both chain credentials. Once a link has won, a call is one volatile read and the link's own call.
 * Before that one walk at a time is under way; callers with an equal request share its token or failure.
 */
final class Chain {
    private static final Logger LOG = LoggerFactory.getLogger("dev.signet.identity.chain");

    private final ChainSettings settings;
    private final List<Link> links;
    private final Reporter reporter;
    private final ProviderContext context;
    private final boolean sticky;
    private final AtomicReference<@Nullable Walk> current = new AtomicReference<>();
    private final AtomicReference<@Nullable AsyncCall> asyncCall = new AtomicReference<>();
    private volatile @Nullable Link winner;
    private volatile @Nullable Walk lastWalk;

    Chain(ChainSettings settings, List<Link> links, Reporter reporter, ProviderContext context) {
        this.settings = settings;
        this.links = links;
        this.reporter = reporter;
        this.context = context;
        this.sticky = settings.stickiness() != Stickiness.ALWAYS_WALK;
    }

    AccessToken getToken(TokenRequestContext request) {
        Link won = winner;
        return won != null && sticky ? again(won, request) : first(request, won);
    }

    /** Delegates once a link has won; before that equal requests share one call on the executor. */
    CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
        Link won = winner;
        TokenCredential credential = won == null ? null : won.credential();
        if (credential != null
                && settings.stickiness() == Stickiness.STICKY
                && settings.guard().isEmpty()) {
            return credential.getTokenAsync(request);
        }
        AsyncCall mine = new AsyncCall(request);
        AsyncCall running = asyncCall.compareAndExchange(null, mine);
        if (running != null && running.request.equals(request)) {
            return running.result.copy();
        }
        CompletableFuture<AccessToken> call = TaskExecutor.supplyOn(context.executor(), () -> getToken(request));
        if (running != null) {
            return call;
        }
        CompletableFuture<AccessToken> unused = call.whenComplete((token, failure) -> {
            asyncCall.compareAndSet(mine, null);
            if (failure == null) {
                mine.result.complete(token);
            } else {
                mine.result.completeExceptionally(failure);
            }
        });
        return mine.result.copy();
    }

    @Nullable
    Link winner() {
        return winner;
    }

    List<Link> links() {
        return links;
    }

    /** The report of the last walk; null before the first. */
    @Nullable
    ChainReport lastReport() {
        Walk walk = lastWalk;
        return walk == null ? null : reporter.report(walk);
    }

    /** Tries every link and reports; the winner stays as it is. */
    ChainReport diagnose(TokenRequestContext request) {
        Walk walk = new Walk(request, links, settings.guard(), context.clock());
        walk.runAll();
        return reporter.report(walk);
    }

    void close() {
        for (Link link : links) {
            link.close();
        }
    }

    private AccessToken again(Link won, TokenRequestContext request) {
        try {
            return use(won, request);
        } catch (ClientAuthenticationException failure) {
            if (settings.stickiness() == Stickiness.STICKY_UNTIL_UNAVAILABLE
                    && failure.outcome() == Outcome.UNAVAILABLE
                    && links.size() > 1) {
                LOG.info("{}: {} became unavailable, the chain starts over", settings.name(), won.name());
                return first(request, won);
            }
            throw failure;
        }
    }

    private AccessToken use(Link won, TokenRequestContext request) {
        AccessToken token = won.getToken(request);
        settings.guard().check(won.name(), token);
        return token;
    }

    /** Walks, or shares another caller's walk, unless a link other than the one before has won meanwhile. */
    private AccessToken first(TokenRequestContext request, @Nullable Link before) {
        if (!sticky) {
            return walk(new Walk(request, links, settings.guard(), context.clock()));
        }
        while (true) {
            Walk mine = new Walk(request, links, settings.guard(), context.clock());
            Walk running = current.compareAndExchange(null, mine);
            if (running == null) {
                return lead(mine, before);
            }
            AccessToken shared = await(running, request);
            if (shared != null) {
                return shared;
            }
            Link won = winner;
            if (won != null && won != before) {
                return use(won, request);
            }
        }
    }

    private AccessToken lead(Walk mine, @Nullable Link before) {
        try {
            Link won = winner;
            AccessToken token = won != null && won != before ? use(won, mine.request()) : walk(mine);
            current.set(null);
            mine.result().complete(token);
            return token;
        } catch (Throwable failure) {
            current.set(null);
            mine.result().completeExceptionally(failure);
            throw failure;
        }
    }

    /** Waits for somebody else's walk; null when the caller must try on its own. */
    private @Nullable AccessToken await(Walk running, TokenRequestContext request) {
        Duration limit = settings.overallTimeout();
        try {
            AccessToken token = limit == null
                    ? running.result().get()
                    : running.result().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return running.request().equals(request) ? token : null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw ChainFailures.cancelled(settings.name(), "interrupted while another call was trying the chain");
        } catch (TimeoutException late) {
            throw ChainFailures.cancelled(settings.name(), "no token within the chain's deadline of " + limit);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            boolean cancelled =
                    cause instanceof ClientAuthenticationException failure && failure.outcome() == Outcome.CANCELLED;
            if (running.request().equals(request) && !cancelled && cause instanceof RuntimeException failure) {
                throw failure;
            }
            return null;
        }
    }

    private AccessToken walk(Walk walk) {
        Duration limit = settings.overallTimeout();
        AccessToken token = limit == null ? walk.run() : WalkDeadline.run(walk, limit, context.executor());
        lastWalk = walk;
        Link won = walk.winner();
        if (token != null && won != null) {
            select(won);
            return token;
        }
        ChainReport report = reporter.report(walk);
        reporter.failed(report);
        List<Attempt> attempts = report.attempts();
        throw ChainFailures.of(settings.name(), walk.request(), attempts, report.toString());
    }

    private void select(Link won) {
        Link before = winner;
        winner = won;
        if (before != won) {
            LOG.info("{}: tokens come from {}", settings.name(), won.name());
            IdentityEventListener listener = context.listener();
            try {
                listener.credentialSelected(settings.name(), won.name());
            } catch (RuntimeException broken) {
                LOG.debug("{}: the event listener failed", settings.name(), broken);
            }
        }
    }

    /** A call on the executor that others may share. */
    private static final class AsyncCall {
        final TokenRequestContext request;
        final CompletableFuture<AccessToken> result = new CompletableFuture<>();

        AsyncCall(TokenRequestContext request) {
            this.request = request;
        }
    }
}
