// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.Secret;
import dev.signet.identity.core.TenantPolicy;
import dev.signet.identity.core.TokenSource;
import dev.signet.identity.msal.UserClient;
import dev.signet.identity.msal.UserPasswordLogin;
import dev.signet.identity.spi.ProviderContext;

/** The only class that needs {@code identity-msal}, so that nobody else does. */
final class PasswordLogin {
    private PasswordLogin() {}

    /**
     * The tokens of a user whose password is known.
     *
     * @throws NoClassDefFoundError if {@code identity-msal} is not installed
     */
    static TokenSource of(
            ProviderContext context, TenantPolicy tenants, String clientId, String userName, Secret password) {
        UserClient client = UserClient.builder(EnvironmentCredential.NAME, context, tenants)
                .clientId(clientId)
                .build();
        return new UserPasswordLogin(client, userName, password);
    }
}
