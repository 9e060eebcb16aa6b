// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive.internal;

import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.interactive.SharedTokenCacheCredential;
import dev.signet.identity.msal.TokenCacheStoreProvider;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;

/** Makes {@link SharedTokenCacheCredential}s, where token caches can be kept on disk at all. */
@ProviderInfo(name = "SharedTokenCacheCredential", category = Category.DEVELOPER, order = 400)
public final class SharedTokenCacheCredentialProvider implements CredentialProvider {
    /** Does nothing. */
    public SharedTokenCacheCredentialProvider() {}

    @Override
    public TokenCredential create(ProviderContext context) {
        if (!TokenCacheStoreProvider.isInstalled()) {
            throw new CredentialUnavailableException(FailureDetails.unavailable(
                            "SharedTokenCacheCredential",
                            UnavailableReason.NOT_INSTALLED,
                            "nothing is installed that reads token caches on disk")
                    .remedy("Add dev.signet:token-cache-persistence.")
                    .build());
        }
        return SharedTokenCacheCredential.builder().context(context).build();
    }
}
