// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools.internal;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.developertools.AzureDeveloperCliCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;

/** Makes {@link AzureDeveloperCliCredential}s. */
@ProviderInfo(name = "AzureDeveloperCliCredential", category = Category.DEVELOPER, order = 800)
public final class AzureDeveloperCliCredentialProvider implements CredentialProvider {
    /** Does nothing. */
    public AzureDeveloperCliCredentialProvider() {}

    @Override
    public TokenCredential create(ProviderContext context) {
        AzureDeveloperCliCredential.Builder builder =
                AzureDeveloperCliCredential.builder().context(context);
        ChainTenant.of(context).ifPresent(builder::tenantId);
        return builder.build();
    }
}
