// SPDX-License-Identifier: MIT
package dev.signet.examples.slim;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.chain.DefaultAzureCredential;

/** Gets a token and says who gave it; with {@code --explain} it says what it would try. */
public final class Slim {
    private static final String SCOPE = "https://management.azure.com/.default";

    private Slim() {}

    /**
     * Runs; the exit status is 1 when there is no token, and the reason is on the standard error stream.
     *
     * @param args {@code --explain}, or none
     */
    public static void main(String[] args) {
        try (DefaultAzureCredential credential = DefaultAzureCredential.create()) {
            if (args.length > 0 && args[0].equals("--explain")) {
                System.out.println(credential.explain());
                return;
            }
            AccessToken token = credential.getToken(TokenRequestContext.of(SCOPE));
            System.out.println(token.credentialName() + " gave a token that is valid until " + token.expiresOn());
        } catch (ClientAuthenticationException noToken) {
            System.err.println(noToken.getMessage());
            System.exit(1);
        }
    }
}
