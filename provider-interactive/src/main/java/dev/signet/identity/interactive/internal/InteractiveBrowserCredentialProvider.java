// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive.internal;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.interactive.InteractiveBrowserCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;

/** Makes {@link InteractiveBrowserCredential}s of developers, in the tenant of {@code AZURE_TENANT_ID} unless another is set. */
@ProviderInfo(name = "InteractiveBrowserCredential", category = Category.INTERACTIVE, order = 900)
public final class InteractiveBrowserCredentialProvider implements CredentialProvider {
    /** Does nothing. */
    public InteractiveBrowserCredentialProvider() {}

    @Override
    public TokenCredential create(ProviderContext context) {
        InteractiveBrowserCredential.Builder builder =
                InteractiveBrowserCredential.builder().context(context);
        if (context.tenantId().isEmpty()) {
            context.environment().get("AZURE_TENANT_ID").ifPresent(builder::tenantId);
        }
        return builder.build();
    }
}
