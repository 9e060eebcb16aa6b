// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import java.util.Optional;
import java.util.ServiceLoader;

/** Finds the module that keeps token caches on disk. */
final class TokenCacheStores {
    private TokenCacheStores() {}

    /**
     * The installed module.
     *
     * @throws IllegalStateException if there is none
     */
    static TokenCacheStoreProvider installed(String credentialName) {
        return find().orElseThrow(() -> new IllegalStateException(
                credentialName + ": tokenCachePersistenceOptions are set, but nothing is installed that keeps a token"
                        + " cache; add dev.signet:token-cache-persistence, or leave the options out"));
    }

    static Optional<TokenCacheStoreProvider> find() {
        return ServiceLoader.load(TokenCacheStoreProvider.class, TokenCacheStores.class.getClassLoader())
                .findFirst();
    }
}
