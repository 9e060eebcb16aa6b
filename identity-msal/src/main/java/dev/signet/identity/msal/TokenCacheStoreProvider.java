// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.spi.ProviderContext;

/**
 * Makes stores for token caches. Found by {@link java.util.ServiceLoader} when an application asks for persistence;
 * {@code dev.signet:token-cache-persistence} has one.
 *
 * @since 0.1.0
 */
public interface TokenCacheStoreProvider {
    /**
     * Makes a store. Nothing is read or written yet.
     *
     * @param credentialName the credential, for messages
     * @param options name of the cache, and whether it may be unencrypted
     * @param caeEnabled whether it is for tokens that can be revoked (continuous access evaluation), which are kept
     *     apart
     * @param context everything ambient
     * @return a new store
     */
    TokenCacheStore open(
            String credentialName, TokenCachePersistenceOptions options, boolean caeEnabled, ProviderContext context);

    /**
     * Whether a module that keeps token caches is installed.
     *
     * @return false if who asks for persistence gets an {@link IllegalStateException}
     */
    static boolean isInstalled() {
        return TokenCacheStores.find().isPresent();
    }
}
