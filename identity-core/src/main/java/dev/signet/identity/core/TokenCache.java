// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.IdentityEventListener;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TokenCell;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The tokens of one credential, one {@link TokenCell} per request. A hit is one hash lookup, whatever the number of
 * requests, and allocates nothing. At most one fetch per request is in flight. A request with claims bypasses the
 * cached token, once for each pair of claims and refused token, and its token replaces the refused one. Bounded: the
 * least recently used entries make room. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TokenCache {
    /** The most requests that are kept unless set: {@value}. */
    public static final int DEFAULT_MAX_ENTRIES = 20_000;

    private final String credentialName;
    private final ProviderContext context;
    private final ObservedSource source;
    private final Logger log;
    private final int maxEntries;
    private final boolean listening;
    private final ConcurrentHashMap<TokenRequestContext, Entry> entries = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<TokenRequestContext, TokenCell> flights = new ConcurrentHashMap<>();
    private final ReentrantLock eviction = new ReentrantLock();

    private TokenCache(
            String credentialName, ProviderContext context, ObservedSource source, Logger log, int maxEntries) {
        this.credentialName = credentialName;
        this.context = context;
        this.source = source;
        this.log = log;
        this.maxEntries = maxEntries;
        this.listening = context.listener() != IdentityEventListener.NONE;
    }

    /**
     * An empty cache.
     *
     * @param credentialName the credential, for logs and events
     * @param context clock, executor, jitter and listener
     * @param source where tokens come from
     * @param log where the credential logs
     * @return a cache for a credential that is used on its own
     */
    public static TokenCache of(String credentialName, ProviderContext context, TokenSource source, Logger log) {
        return new TokenCache(
                credentialName,
                context,
                new ObservedSource(credentialName, context, source, log, false),
                log,
                DEFAULT_MAX_ENTRIES);
    }

    /**
     * The same, empty, for a credential inside a chain: it logs at lower levels, since the chain reports.
     *
     * @return a new cache
     */
    public TokenCache inChain() {
        return new TokenCache(credentialName, context, source.inChain(), log, maxEntries);
    }

    /**
     * The same, empty, with another bound.
     *
     * @param maxEntries the most requests that are kept; 0 to keep nothing, so that callers with equal requests share
     *     a fetch that is in flight and every later one starts another
     * @return a new cache
     */
    public TokenCache withMaxEntries(int maxEntries) {
        if (maxEntries < 0) {
            throw new IllegalArgumentException("maxEntries must not be negative");
        }
        return new TokenCache(credentialName, context, source, log, maxEntries);
    }

    /**
     * Returns a token that is valid now, from memory or from the source on the calling thread.
     *
     * @param request what to ask for
     * @return the token
     * @throws dev.signet.identity.ClientAuthenticationException what the source throws
     */
    public AccessToken get(TokenRequestContext request) {
        AccessToken known = usable(request);
        if (known != null) {
            return known;
        }
        return isForOneFetch(request)
                ? cellForOneFetch(request).get()
                : entry(request).cell.get();
    }

    /**
     * Returns a token without blocking: at once from memory, else from a fetch on the context's executor, shared with
     * other callers.
     *
     * @param request what to ask for
     * @return a future of its own
     */
    public CompletableFuture<AccessToken> getAsync(TokenRequestContext request) {
        AccessToken known = usable(request);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        return isForOneFetch(request)
                ? oneFetchAsync(request)
                : entry(request).cell.getAsync();
    }

    /** Forgets all tokens, for example after the identity was given other roles. */
    public void clear() {
        entries.clear();
        flights.clear();
    }

    /**
     * How many requests are kept.
     *
     * @return at most the bound
     */
    public int size() {
        return entries.size();
    }

    private @Nullable AccessToken usable(TokenRequestContext request) {
        Entry entry = entries.get(request);
        if (entry == null) {
            return null;
        }
        AccessToken known = entry.cell.usable();
        if (known == null) {
            return null;
        }
        if (!entry.used) {
            entry.used = true;
        }
        if (listening) {
            source.cacheHit();
        }
        if (log.isDebugEnabled()) {
            log.debug("{}: token from the cache, valid until {}", credentialName, known.expiresOn());
        }
        return known;
    }

    private Entry entry(TokenRequestContext request) {
        Entry known = entries.get(request);
        if (known != null) {
            return known;
        }
        Entry made = new Entry(newCell(new Fetch(source, request)));
        Entry raced = entries.putIfAbsent(request, made);
        if (entries.size() > maxEntries) {
            evict(request);
        }
        return raced == null ? made : raced;
    }

    private boolean isForOneFetch(TokenRequestContext request) {
        return maxEntries == 0 || request.claims().isPresent();
    }

    /** A cell that lives as long as one fetch; callers with the same request, claims included, share it. */
    private TokenCell cellForOneFetch(TokenRequestContext request) {
        Entry plain = maxEntries == 0 ? null : entry(request.withoutClaims());
        AccessToken refused = plain == null ? null : plain.cell.last();
        if (plain != null && refused != null) {
            Challenge answered = plain.answered;
            if (answered != null && answered.matches(request, refused)) {
                return plain.cell;
            }
        }
        TokenCell made = newCell(new OneFetch(this, request, plain, refused));
        TokenCell raced = flights.putIfAbsent(request, made);
        return raced == null ? made : raced;
    }

    /** When the executor refuses, no fetch comes that would take the cell away. */
    private CompletableFuture<AccessToken> oneFetchAsync(TokenRequestContext request) {
        TokenCell cell = cellForOneFetch(request);
        CompletableFuture<AccessToken> result = cell.getAsync();
        if (result.isCompletedExceptionally()) {
            flights.remove(request, cell);
        }
        return result;
    }

    private TokenCell newCell(Supplier<AccessToken> fetch) {
        return new TokenCell(fetch, context.clock(), context.executor(), context.jitter());
    }

    /** Second chance: entries used since the last sweep stay, down to nine tenths of the bound. */
    private void evict(TokenRequestContext justAdded) {
        if (!eviction.tryLock()) {
            return;
        }
        try {
            int target = maxEntries - maxEntries / 10;
            for (int sweep = 0; sweep < 2 && entries.size() > target; sweep++) {
                Iterator<Map.Entry<TokenRequestContext, Entry>> all =
                        entries.entrySet().iterator();
                while (all.hasNext() && entries.size() > target) {
                    Map.Entry<TokenRequestContext, Entry> candidate = all.next();
                    if (candidate.getValue().used) {
                        candidate.getValue().used = false;
                    } else if (!candidate.getKey().equals(justAdded)) {
                        all.remove();
                    }
                }
            }
        } finally {
            eviction.unlock();
        }
    }

    @Override
    public String toString() {
        return "TokenCache[" + credentialName + ", " + entries.size() + " entries]";
    }

    /** What is kept for one request. */
    private static final class Entry {
        final TokenCell cell;

        /** Whether it was hit since the last sweep, its first fetch apart; a lost update only costs one refetch. */
        boolean used;

        volatile @Nullable Challenge answered;

        Entry(TokenCell cell) {
            this.cell = cell;
        }
    }

    /** Claims that were sent because a certain token had been refused. */
    private static final class Challenge {
        private final String claims;
        private final String refusedToken;

        Challenge(String claims, String refusedToken) {
            this.claims = claims;
            this.refusedToken = refusedToken;
        }

        boolean matches(TokenRequestContext request, AccessToken token) {
            return claims.equals(request.claims().orElse("")) && refusedToken.equals(token.token());
        }

        @Override
        public String toString() {
            return "Challenge[***]";
        }
    }

    private static final class Fetch implements Supplier<AccessToken> {
        private final ObservedSource source;
        private final TokenRequestContext request;

        Fetch(ObservedSource source, TokenRequestContext request) {
            this.source = source;
            this.request = request;
        }

        @Override
        public AccessToken get() {
            return source.fetch(request, null);
        }
    }

    private static final class OneFetch implements Supplier<AccessToken> {
        private final TokenCache cache;
        private final TokenRequestContext request;
        private final @Nullable Entry plain;
        private final @Nullable AccessToken refused;

        OneFetch(TokenCache cache, TokenRequestContext request, @Nullable Entry plain, @Nullable AccessToken refused) {
            this.cache = cache;
            this.request = request;
            this.plain = plain;
            this.refused = refused;
        }

        @Override
        public AccessToken get() {
            try {
                AccessToken token = cache.source.fetch(request, refused);
                if (plain != null) {
                    plain.cell.put(token);
                }
                if (plain != null && refused != null) {
                    plain.answered = new Challenge(request.claims().orElseThrow(), refused.token());
                }
                return token;
            } finally {
                cache.flights.remove(request);
            }
        }
    }
}
