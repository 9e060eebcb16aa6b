// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal.internal;

import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.serviceprincipal.ClientSecretCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;
import java.util.List;

/** Makes {@link ClientSecretCredential}s from the variables of an application with a secret. */
@ProviderInfo(name = "ClientSecretCredential", category = Category.ON_REQUEST, order = 110)
public final class ClientSecretCredentialProvider implements CredentialProvider {
    /** Does nothing. */
    public ClientSecretCredentialProvider() {}

    @Override
    public TokenCredential create(ProviderContext context) {
        ClientSecretCredential.Builder builder =
                ClientSecretCredential.builder().context(context).fromEnvironment();
        List<String> missing = builder.missing();
        if (!missing.isEmpty()) {
            throw new CredentialUnavailableException(
                    "ClientSecretCredential",
                    String.join(", ", missing) + " not set",
                    "Set them, or give the values in code.");
        }
        return builder.build();
    }
}
