// SPDX-License-Identifier: MIT
package dev.signet.benchmarks.load;

import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.DefaultAzureCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;

/** azure-identity's chain; a class of its own, so that its types load only where they are there. */
final class AzureIdentitySubject {
    private AzureIdentitySubject() {}

    static Subject create() {
        DefaultAzureCredential credential = new DefaultAzureCredentialBuilder()
                .disableInstanceDiscovery() // the authority here is none that Microsoft knows
                .build();
        TokenRequestContext request = new TokenRequestContext().addScopes(Subjects.SCOPE);
        return () -> credential.getTokenSync(request).getToken();
    }
}
