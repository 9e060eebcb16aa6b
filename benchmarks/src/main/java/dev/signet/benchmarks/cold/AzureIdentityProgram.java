// SPDX-License-Identifier: MIT
package dev.signet.benchmarks.cold;

import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.DefaultAzureCredentialBuilder;

/** One token through azure-identity's chain, with its default HTTP client. */
public final class AzureIdentityProgram {
    private AzureIdentityProgram() {}

    /**
     * Prints the length of a token.
     *
     * @param args none
     */
    public static void main(String[] args) {
        TokenRequestContext request = new TokenRequestContext().addScopes("https://management.azure.com/.default");
        System.out.println(new DefaultAzureCredentialBuilder()
                .disableInstanceDiscovery() // the authority here is none that Microsoft knows
                .build()
                .getTokenSync(request)
                .getToken()
                .length());
    }
}
