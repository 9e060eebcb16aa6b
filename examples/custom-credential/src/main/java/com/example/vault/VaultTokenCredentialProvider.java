package com.example.vault;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;

/** Stands behind workload identity (200) and before managed identity (300), and is one of {@code prod}. */
@ProviderInfo(name = "VaultTokenCredential", category = Category.DEPLOYED, order = 250)
public final class VaultTokenCredentialProvider implements CredentialProvider {
    /** Made by the service loader. */
    public VaultTokenCredentialProvider() {}

    @Override
    public TokenCredential create(ProviderContext context) {
        return new VaultTokenCredential(context);
    }
}
