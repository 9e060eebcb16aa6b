// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.TokenRequestContext;
import java.net.URI;

/**
 * An application in Entra: where it signs in, in which tenants, and under which client id. Immutable.
 *
 * @since 0.1.0
 */
public final class EntraApplication {
    private final URI authorityHost;
    private final TenantPolicy tenants;
    private final String clientId;

    /**
     * An application.
     *
     * @param authorityHost an https address that ends with a slash
     * @param tenants its own tenant and those it may serve
     * @param clientId client (application) id
     */
    public EntraApplication(URI authorityHost, TenantPolicy tenants, String clientId) {
        this.authorityHost = authorityHost;
        this.tenants = tenants;
        this.clientId = clientId;
    }

    /**
     * Its own tenant and those it may serve.
     *
     * @return the policy
     */
    public TenantPolicy tenants() {
        return tenants;
    }

    /**
     * Its client (application) id.
     *
     * @return the id as given
     */
    public String clientId() {
        return clientId;
    }

    /**
     * The token endpoint for a request that went through {@link #tenants()}; also the audience of assertions.
     *
     * @param resolved the request
     * @return the address at the sign-in host, whatever route a request takes to it
     */
    public URI tokenEndpoint(TokenRequestContext resolved) {
        return AuthorityHost.tokenEndpoint(authorityHost, tenants.tenantOf(resolved));
    }
}
