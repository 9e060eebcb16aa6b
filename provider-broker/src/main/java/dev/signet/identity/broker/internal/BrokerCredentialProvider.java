// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.broker.BrokerCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;

/** The user who is signed in to the machine. Silent: a default chain never asks the user. */
@ProviderInfo(name = "BrokerCredential", category = Category.DEVELOPER, order = 1000)
public final class BrokerCredentialProvider implements CredentialProvider {
    /** For the service loader. */
    public BrokerCredentialProvider() {}

    @Override
    public TokenCredential create(ProviderContext context) {
        return BrokerCredential.builder()
                .context(context)
                .disableAutomaticAuthentication()
                .build();
    }
}
