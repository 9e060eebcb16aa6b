// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal.internal;

import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.serviceprincipal.AzurePipelinesCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;
import java.util.List;

/** Makes {@link AzurePipelinesCredential}s from the variables that a task of Azure Pipelines sets. */
@ProviderInfo(name = "AzurePipelinesCredential", category = Category.ON_REQUEST, order = 130)
public final class AzurePipelinesCredentialProvider implements CredentialProvider {
    /** Does nothing. */
    public AzurePipelinesCredentialProvider() {}

    @Override
    public TokenCredential create(ProviderContext context) {
        AzurePipelinesCredential.Builder builder =
                AzurePipelinesCredential.builder().context(context).fromEnvironment();
        List<String> missing = builder.missing();
        if (!missing.isEmpty()) {
            throw new CredentialUnavailableException(
                    "AzurePipelinesCredential",
                    String.join(", ", missing) + " not set",
                    "Run it in a task that uses the service connection, and map $(System.AccessToken).");
        }
        return builder.build();
    }
}
