// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.IdentityEventListener;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TaskExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final AtomicBoolean closed = new AtomicBoolean();
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

    /** Asks the winner once there is one; before that equal requests share one call on the executor. */
    CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
        Link won = winner;
        if (won != null && sticky && settings.overallTimeout() == null) {
            return againAsync(won, request);
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
        Walk walk = new Walk(request, links, settings, context.clock(), true);
        run(walk, context.clock().millis());
        return reporter.report(walk);
    }

    /** Closes every link once, also when one fails to close. */
    void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        RuntimeException first = null;
        for (Link link : links) {
            try {
                link.close();
            } catch (RuntimeException failure) {
                if (first == null) {
                    first = failure;
                } else if (first != failure) {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private AccessToken again(Link won, TokenRequestContext request) {
        try {
            return use(won, request);
        } catch (ClientAuthenticationException failure) {
            if (startsOver(won, failure)) {
                return first(request, won);
            }
            throw isRefusal(failure) ? ChainFailures.refusal(failure) : failure;
        }
    }

    private CompletableFuture<AccessToken> againAsync(Link won, TokenRequestContext request) {
        CompletableFuture<AccessToken> call = won.getTokenAsync(request);
        if (settings.guard().isEmpty() && !call.isCompletedExceptionally() && call.getNow(null) != null) {
            return call;
        }
        CompletableFuture<AccessToken> answer = new CompletableFuture<>();
        CompletableFuture<AccessToken> unused = call.whenComplete((token, failure) -> {
            try {
                answer.complete(settled(won, token, failure));
            } catch (ClientAuthenticationException known) {
                if (startsOver(won, known)) {
                    startOver(won, request, answer);
                } else {
                    answer.completeExceptionally(isRefusal(known) ? ChainFailures.refusal(known) : known);
                }
            } catch (RuntimeException | Error other) {
                answer.completeExceptionally(other);
            }
        });
        return answer;
    }

    private AccessToken settled(Link won, @Nullable AccessToken token, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause != null) {
            throw unchecked(won, cause);
        }
        if (token == null) {
            throw ChainFailures.nothing(won.name());
        }
        settings.guard().check(won.name(), token);
        return token;
    }

    private void startOver(Link won, TokenRequestContext request, CompletableFuture<AccessToken> answer) {
        CompletableFuture<AccessToken> unused = TaskExecutor.supplyOn(context.executor(), () -> first(request, won))
                .whenComplete((token, failure) -> {
                    if (failure == null) {
                        answer.complete(token);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
    }

    private static RuntimeException unchecked(Link won, Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException failure
                ? failure
                : new IllegalStateException(won.name() + " failed with a checked exception", thrown);
    }

    private boolean startsOver(Link won, ClientAuthenticationException failure) {
        boolean over = settings.stickiness() == Stickiness.STICKY_UNTIL_UNAVAILABLE
                && failure.outcome() == Outcome.UNAVAILABLE
                && links.size() > 1;
        if (over) {
            LOG.info("{}: {} became unavailable, the chain starts over", settings.name(), won.name());
        }
        return over;
    }

    private boolean isRefusal(ClientAuthenticationException failure) {
        return links.size() == 1
                && failure.outcome() == Outcome.UNAVAILABLE
                && !(failure instanceof CredentialUnavailableException);
    }

    private AccessToken use(Link won, TokenRequestContext request) {
        Duration limit = settings.overallTimeout();
        if (limit != null) {
            return useWithin(limit, won, request);
        }
        AccessToken token = won.getToken(request);
        settings.guard().check(won.name(), token);
        return token;
    }

    /** A token from the winner's memory comes at once; anything else on a thread that can be left behind. */
    private AccessToken useWithin(Duration limit, Link won, TokenRequestContext request) {
        CompletableFuture<AccessToken> call = won.getTokenAsync(request);
        try {
            return settled(won, call.get(limit.toMillis(), TimeUnit.MILLISECONDS), null);
        } catch (InterruptedException interrupted) {
            throw interrupted("interrupted while " + won.name() + " was asked");
        } catch (TimeoutException late) {
            throw late(limit);
        } catch (ExecutionException failed) {
            throw unchecked(won, failed.getCause() == null ? failed : failed.getCause());
        }
    }

    /** Walks, or shares another caller's walk, unless a link other than the one before has won meanwhile. */
    private AccessToken first(TokenRequestContext request, @Nullable Link before) {
        long start = context.clock().millis();
        if (!sticky) {
            return walk(newWalk(request), start);
        }
        while (true) {
            Walk mine = newWalk(request);
            Walk running = current.compareAndExchange(null, mine);
            if (running == null) {
                return lead(mine, before, start);
            }
            AccessToken shared = await(running, request, start);
            if (shared != null) {
                return shared;
            }
            Link won = winner;
            if (won != null && won != before) {
                return use(won, request);
            }
        }
    }

    private AccessToken lead(Walk mine, @Nullable Link before, long start) {
        try {
            Link won = winner;
            AccessToken token = won != null && won != before ? use(won, mine.request()) : walk(mine, start);
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
    private @Nullable AccessToken await(Walk running, TokenRequestContext request, long start) {
        if (running.isRunBy(Thread.currentThread())) {
            throw new IllegalStateException(
                    settings.name() + " is used by one of its own credentials; give that one" + " a chain of its own");
        }
        boolean equal = running.request().equals(request);
        Duration limit = settings.overallTimeout();
        try {
            AccessToken token = limit == null
                    ? running.result().get()
                    : running.result().get(left(limit, start).toMillis(), TimeUnit.MILLISECONDS);
            return equal ? token : null;
        } catch (InterruptedException interrupted) {
            throw interrupted("interrupted while another call was trying the chain");
        } catch (TimeoutException late) {
            throw late(limit);
        } catch (ExecutionException failed) {
            if (equal && failed.getCause() instanceof RuntimeException failure && !isOnlyTheirs(running, failure)) {
                throw failure;
            }
            return null;
        }
    }

    /** An interrupt concerns the caller who led the walk; a deadline that passed, all who waited with it. */
    private static boolean isOnlyTheirs(Walk walk, RuntimeException failure) {
        return failure instanceof ClientAuthenticationException known
                && known.outcome() == Outcome.CANCELLED
                && !walk.late();
    }

    private AccessToken walk(Walk walk, long start) {
        run(walk, start);
        lastWalk = walk;
        AccessToken token = walk.token();
        Link won = walk.winner();
        if (token != null && won != null) {
            select(won);
            return token;
        }
        ChainReport report = reporter.report(walk);
        reporter.failed(report);
        throw ChainFailures.of(settings.name(), walk, report);
    }

    private void run(Walk walk, long start) {
        Duration limit = settings.overallTimeout();
        if (limit == null) {
            walk.run();
        } else {
            WalkDeadline.run(walk, left(limit, start), context.executor());
        }
    }

    private Walk newWalk(TokenRequestContext request) {
        return new Walk(request, links, settings, context.clock(), false);
    }

    private Duration left(Duration limit, long start) {
        Duration left = limit.minusMillis(Math.max(0, context.clock().millis() - start));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private ClientAuthenticationException interrupted(String reason) {
        Thread.currentThread().interrupt();
        return ChainFailures.cancelled(settings.name(), reason);
    }

    private ClientAuthenticationException late(@Nullable Duration limit) {
        return ChainFailures.cancelled(settings.name(), "no token within the chain's deadline of " + limit);
    }

    private void select(Link won) {
        Link before = winner;
        winner = won;
        if (before != won) {
            LOG.info("{}: tokens come from {}", settings.name(), won.name());
            IdentityEventListener listener = context.listener();
            try {
                listener.credentialSelected(settings.name(), won.name());
            } catch (RuntimeException | LinkageError broken) {
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
