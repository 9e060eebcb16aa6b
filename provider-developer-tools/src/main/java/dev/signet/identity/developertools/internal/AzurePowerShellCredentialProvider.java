// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools.internal;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.developertools.AzurePowerShellCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;

/** Makes {@link AzurePowerShellCredential}s. */
@ProviderInfo(name = "AzurePowerShellCredential", category = Category.DEVELOPER, order = 700)
public final class AzurePowerShellCredentialProvider implements CredentialProvider {
    /** Does nothing. */
    public AzurePowerShellCredentialProvider() {}

    @Override
    public TokenCredential create(ProviderContext context) {
        AzurePowerShellCredential.Builder builder =
                AzurePowerShellCredential.builder().context(context);
        ChainTenant.of(context).ifPresent(builder::tenantId);
        return builder.build();
    }
}
