// SPDX-License-Identifier: MIT
package dev.signet.benchmarks.cold;

import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.managedidentity.ManagedIdentityCredential;

/** One token without a chain and without the service loader. */
public final class SignetDirectProgram {
    private SignetDirectProgram() {}

    /**
     * Prints the length of a token.
     *
     * @param args none
     */
    public static void main(String[] args) {
        TokenRequestContext request = TokenRequestContext.of("https://management.azure.com/.default");
        System.out.println(
                ManagedIdentityCredential.create().getToken(request).token().length());
    }
}
