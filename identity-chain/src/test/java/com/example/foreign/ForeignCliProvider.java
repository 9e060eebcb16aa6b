// SPDX-License-Identifier: MIT
package com.example.foreign;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;
import java.time.Instant;

/** A stranger's provider that takes a reserved name. */
@ProviderInfo(name = "AzureCliCredential", category = Category.DEVELOPER, order = 1)
public final class ForeignCliProvider implements CredentialProvider {
    @Override
    public TokenCredential create(ProviderContext context) {
        return request -> AccessToken.of("foreign", Instant.EPOCH, "AzureCliCredential");
    }
}
