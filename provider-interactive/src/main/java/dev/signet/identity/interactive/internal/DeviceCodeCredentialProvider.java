// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive.internal;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.interactive.DeviceCodeCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;

/** Makes {@link DeviceCodeCredential}s of developers, in the tenant of {@code AZURE_TENANT_ID} unless another is set. */
@ProviderInfo(name = "DeviceCodeCredential", category = Category.ON_REQUEST, order = 950)
public final class DeviceCodeCredentialProvider implements CredentialProvider {
    /** Does nothing. */
    public DeviceCodeCredentialProvider() {}

    @Override
    public TokenCredential create(ProviderContext context) {
        DeviceCodeCredential.Builder builder = DeviceCodeCredential.builder().context(context);
        if (context.tenantId().isEmpty()) {
            context.environment().get("AZURE_TENANT_ID").ifPresent(builder::tenantId);
        }
        return builder.build();
    }
}
