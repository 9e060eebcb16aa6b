// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.broker.VisualStudioCodeCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;

/** The user who signed in to Azure in Visual Studio Code. */
@ProviderInfo(name = "VisualStudioCodeCredential", category = Category.DEVELOPER, order = 500)
public final class VisualStudioCodeCredentialProvider implements CredentialProvider {
    /** For the service loader. */
    public VisualStudioCodeCredentialProvider() {}

    @Override
    public TokenCredential create(ProviderContext context) {
        return VisualStudioCodeCredential.builder().context(context).build();
    }
}
