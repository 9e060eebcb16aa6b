// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.core.EntraTokens;
import dev.signet.identity.core.TenantPolicy;
import dev.signet.identity.core.TokenCache;
import dev.signet.identity.core.TokenSource;
import dev.signet.identity.msal.UserClient;
import dev.signet.identity.spi.ProviderContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application that users sign in to, with all that its credential is made of. */
record UserApplication(ProviderContext context, TenantPolicy tenants, UserClient client) {
    static final Logger LOG = LoggerFactory.getLogger(UserApplication.class.getPackageName());

    /** A cache for this application's tokens. */
    EntraTokens tokens(TokenSource source) {
        return new EntraTokens(tenants, TokenCache.of(client.credentialName(), context, source, LOG));
    }
}
