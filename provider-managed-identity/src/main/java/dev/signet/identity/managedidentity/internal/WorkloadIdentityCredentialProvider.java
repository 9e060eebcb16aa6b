// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity.internal;

import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.managedidentity.WorkloadIdentityCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;
import java.util.List;

/** Makes {@link WorkloadIdentityCredential}s from the variables that Kubernetes sets. */
@ProviderInfo(name = "WorkloadIdentityCredential", category = Category.DEPLOYED, order = 200)
public final class WorkloadIdentityCredentialProvider implements CredentialProvider {
    /** Does nothing. */
    public WorkloadIdentityCredentialProvider() {}

    @Override
    public TokenCredential create(ProviderContext context) {
        WorkloadIdentityCredential.Builder builder =
                WorkloadIdentityCredential.builder().context(context);
        List<String> missing = builder.missing();
        if (!missing.isEmpty()) {
            throw new CredentialUnavailableException(
                    "WorkloadIdentityCredential",
                    String.join(", ", missing) + " not set",
                    "Enable workload identity for the pod, which sets them.");
        }
        return builder.build();
    }
}
