// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal.internal;

import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.serviceprincipal.GitHubActionsCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;
import java.util.List;

/** Makes {@link GitHubActionsCredential}s from the variables that a workflow gives its jobs. */
@ProviderInfo(name = "GitHubActionsCredential", category = Category.ON_REQUEST, order = 140)
public final class GitHubActionsCredentialProvider implements CredentialProvider {
    /** Does nothing. */
    public GitHubActionsCredentialProvider() {}

    @Override
    public TokenCredential create(ProviderContext context) {
        GitHubActionsCredential.Builder builder =
                GitHubActionsCredential.builder().context(context).fromEnvironment();
        List<String> missing = builder.missing();
        if (!missing.isEmpty()) {
            throw new CredentialUnavailableException(
                    "GitHubActionsCredential",
                    String.join(", ", missing) + " not set",
                    "Give the job the ids of the application, as for azure/login.");
        }
        return builder.build();
    }
}
