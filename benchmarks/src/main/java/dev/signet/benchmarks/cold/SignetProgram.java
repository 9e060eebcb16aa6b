// SPDX-License-Identifier: MIT
package dev.signet.benchmarks.cold;

import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.chain.DefaultAzureCredential;

/** One token through the chain, with providers found by the service loader. */
public final class SignetProgram {
    private SignetProgram() {}

    /**
     * Prints the length of a token.
     *
     * @param args none
     */
    public static void main(String[] args) {
        TokenRequestContext request = TokenRequestContext.of("https://management.azure.com/.default");
        System.out.println(
                DefaultAzureCredential.create().getToken(request).token().length());
    }
}
