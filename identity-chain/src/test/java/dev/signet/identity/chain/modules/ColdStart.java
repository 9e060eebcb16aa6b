// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules;

import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.chain.DefaultAzureCredential;

/** A program that gets one token through the chain and ends. */
public final class ColdStart {
    private ColdStart() {}

    public static void main(String[] args) {
        TokenRequestContext request = TokenRequestContext.of("https://vault.azure.net/.default");
        System.out.println(DefaultAzureCredential.create().getToken(request).credentialName());
    }
}
