// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.msal.TokenCacheStore;
import dev.signet.identity.msal.TokenCacheStoreProvider;
import dev.signet.identity.spi.ProviderContext;

/**
 * Keeps token caches in the Secret Service, the keychain or, on Windows, an encrypted file. Found by {@link
 * java.util.ServiceLoader}; applications set {@link TokenCachePersistenceOptions} on a credential.
 *
 * @since 0.1.0
 */
public final class DiskTokenCacheStoreProvider implements TokenCacheStoreProvider {
    /** For {@link java.util.ServiceLoader}. */
    public DiskTokenCacheStoreProvider() {}

    @Override
    public TokenCacheStore open(
            String credentialName, TokenCachePersistenceOptions options, boolean caeEnabled, ProviderContext context) {
        CachePlace place = CachePlace.of(credentialName, options, caeEnabled, context.environment());
        return new DiskTokenCacheStore(credentialName, place, context.sleeper());
    }
}
