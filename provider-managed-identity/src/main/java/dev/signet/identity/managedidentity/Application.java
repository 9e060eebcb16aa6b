// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.AuthorityHost;
import dev.signet.identity.core.TenantPolicy;
import java.net.URI;

/** An application in Entra: where it signs in, in which tenants, and under which client id. */
final class Application {
    private final URI authorityHost;
    private final TenantPolicy tenants;
    private final String clientId;

    Application(URI authorityHost, TenantPolicy tenants, String clientId) {
        this.authorityHost = authorityHost;
        this.tenants = tenants;
        this.clientId = clientId;
    }

    TenantPolicy tenants() {
        return tenants;
    }

    String clientId() {
        return clientId;
    }

    /** The token endpoint for a request that went through {@link #tenants()}. */
    URI tokenEndpoint(TokenRequestContext resolved) {
        return AuthorityHost.tokenEndpoint(authorityHost, tenants.tenantOf(resolved));
    }
}
