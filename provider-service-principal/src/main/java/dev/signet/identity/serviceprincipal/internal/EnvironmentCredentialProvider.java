// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal.internal;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.serviceprincipal.EnvironmentCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;

/**
 * Makes {@link EnvironmentCredential}s. Variables that are there but malformed end a chain when a token is asked for: who
 * names an application must not get the token of another identity.
 */
@ProviderInfo(name = "EnvironmentCredential", category = Category.DEPLOYED, order = 100)
public final class EnvironmentCredentialProvider implements CredentialProvider {
    /** Does nothing. */
    public EnvironmentCredentialProvider() {}

    @Override
    public TokenCredential create(ProviderContext context) {
        try {
            return EnvironmentCredential.create(context);
        } catch (IllegalArgumentException malformed) {
            return new MisconfiguredCredential("EnvironmentCredential", malformed);
        }
    }
}
