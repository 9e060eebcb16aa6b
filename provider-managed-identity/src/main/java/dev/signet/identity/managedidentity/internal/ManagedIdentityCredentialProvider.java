// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity.internal;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.managedidentity.ManagedIdentityCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;

/** Makes {@link ManagedIdentityCredential}s; {@code AZURE_CLIENT_ID} names the identity where code names none. */
@ProviderInfo(name = "ManagedIdentityCredential", category = Category.DEPLOYED, order = 300)
public final class ManagedIdentityCredentialProvider implements CredentialProvider {
    /** Does nothing. */
    public ManagedIdentityCredentialProvider() {}

    @Override
    public TokenCredential create(ProviderContext context) {
        return ManagedIdentityCredential.builder()
                .context(context)
                .clientIdFromEnvironment()
                .build();
    }
}
