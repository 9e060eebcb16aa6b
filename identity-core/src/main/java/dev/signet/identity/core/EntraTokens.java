// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of an application in its tenants: each request is resolved by the tenant policy and answered from the
 * cache, else from the source behind it. What a credential of Entra does, but for its settings. Thread-safe.
 *
 * @since 0.1.0
 */
public final class EntraTokens {
    private final TenantPolicy tenants;
    private final TokenCache cache;
    private final AtomicReference<@Nullable EntraTokens> chained = new AtomicReference<>();

    /**
     * Tokens by a policy and from a cache.
     *
     * @param tenants which tenants may be asked for
     * @param cache empty, in front of the source
     */
    public EntraTokens(TenantPolicy tenants, TokenCache cache) {
        this.tenants = tenants;
        this.cache = cache;
    }

    /**
     * Returns a token from memory, else from the source on the calling thread.
     *
     * @param request what the caller asks for
     * @return the token
     * @throws dev.signet.identity.ClientAuthenticationException if the tenant is not allowed, or what the source throws
     */
    public AccessToken get(TokenRequestContext request) {
        return cache.get(tenants.resolve(request));
    }

    /**
     * Returns a token without blocking.
     *
     * @param request what the caller asks for
     * @return a future that fails with what {@link #get} throws
     */
    public CompletableFuture<AccessToken> getAsync(TokenRequestContext request) {
        try {
            return cache.getAsync(tenants.resolve(request));
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** Forgets all tokens, those of {@link #inChain()} too. */
    public void clear() {
        cache.clear();
        EntraTokens other = chained.get();
        if (other != null) {
            other.clear();
        }
    }

    /**
     * The same for a member of a chain, which logs at lower levels.
     *
     * @return tokens with a cache of their own; the same ones each time
     */
    public EntraTokens inChain() {
        EntraTokens known = chained.get();
        if (known != null) {
            return known;
        }
        EntraTokens made = new EntraTokens(tenants, cache.inChain());
        EntraTokens raced = chained.compareAndExchange(null, made);
        return raced == null ? made : raced;
    }
}
