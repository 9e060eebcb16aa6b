// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a family's tokens come from, behind the cache.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TokenSource {
    /**
     * Fetches a token on the calling thread.
     *
     * @param request what to ask for
     * @param rejected the token that the resource refused, when the request carries claims and one was cached
     * @return a new token
     * @throws dev.signet.identity.ClientAuthenticationException if there is none
     */
    AccessToken fetch(TokenRequestContext request, @Nullable AccessToken rejected);
}
