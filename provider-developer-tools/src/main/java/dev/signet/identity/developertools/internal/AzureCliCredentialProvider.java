// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools.internal;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.developertools.AzureCliCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;

/** Makes {@link AzureCliCredential}s. */
@ProviderInfo(name = "AzureCliCredential", category = Category.DEVELOPER, order = 600)
public final class AzureCliCredentialProvider implements CredentialProvider {
    /** Does nothing. */
    public AzureCliCredentialProvider() {}

    @Override
    public TokenCredential create(ProviderContext context) {
        AzureCliCredential.Builder builder = AzureCliCredential.builder().context(context);
        ChainTenant.of(context).ifPresent(builder::tenantId);
        return builder.build();
    }
}
