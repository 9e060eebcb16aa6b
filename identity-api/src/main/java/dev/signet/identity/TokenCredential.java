// SPDX-License-Identifier: MIT
package dev.signet.identity;

import dev.signet.identity.spi.TaskExecutor;
import java.util.concurrent.CompletableFuture;

/**
 * Gives access tokens of Microsoft Entra ID. Implementations are thread-safe and meant to be shared:
 * one instance for the life of the application keeps one cache.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TokenCredential extends AutoCloseable {

    /**
     * Returns a token that is valid now, from the cache or from the source, on the caller's thread.
     *
     * @param request scopes and options of the token
     * @return a token; never null, never expired
     * @throws CredentialUnavailableException if a prerequisite of this credential is absent
     * @throws ClientAuthenticationException if the source refused, or did not answer
     * @throws IllegalArgumentException if this credential cannot serve such a request, for example several scopes
     */
    AccessToken getToken(TokenRequestContext request);

    /**
     * Returns a token without blocking the caller. The default runs {@link #getToken} on
     * {@link TaskExecutor#shared()}; never on the common pool.
     *
     * @param request scopes and options of the token
     * @return a future that completes with the token, or exceptionally with what {@link #getToken} throws
     * @implSpec A credential with a cache answers from it at once.
     */
    default CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
        return TaskExecutor.supplyOn(TaskExecutor.shared(), () -> getToken(request));
    }

    /** Releases what this credential holds. Idempotent; the default does nothing. */
    @Override
    default void close() {}
}
