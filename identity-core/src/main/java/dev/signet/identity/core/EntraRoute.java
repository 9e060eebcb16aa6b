// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.spi.ProviderContext;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The straight way to a sign-in host. An unknown host is validated before anything else is sent to it, unless the
 * application vouches for it. Requests of applications may go to the endpoint of their region. Thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/msal-authority">Authorities and their validation</a>
 * @since 0.1.0
 */
public final class EntraRoute implements TokenRoute {
    private final String credentialName;
    private final ProviderContext context;
    private final InstanceDiscovery discovery;
    private final @Nullable Region region;

    EntraRoute(String credentialName, ProviderContext context, InstanceDiscovery discovery, @Nullable Region region) {
        this.credentialName = credentialName;
        this.context = context;
        this.discovery = discovery;
        this.region = region;
    }

    /**
     * The way to the host itself, as requests for users take it.
     *
     * @param credentialName for messages
     * @param context transport, and whether the application vouches for the host
     * @return the route
     */
    public static EntraRoute global(String credentialName, ProviderContext context) {
        return new EntraRoute(credentialName, context, InstanceDiscovery.SHARED, null);
    }

    /**
     * The way that requests of applications take: to the endpoint of a region, if one is set.
     *
     * @param credentialName for messages
     * @param context transport, and the variable {@code AZURE_REGIONAL_AUTHORITY_NAME}
     * @param region the region's name, or {@code AutoDiscoverRegion}; null for what the variable says
     * @return the route
     * @throws IllegalArgumentException if the region's name is malformed
     */
    public static EntraRoute regional(String credentialName, ProviderContext context, @Nullable String region) {
        return new EntraRoute(
                credentialName, context, InstanceDiscovery.SHARED, Region.of(context.environment(), region));
    }

    @Override
    public URI address(URI tokenEndpoint) {
        if (!context.instanceDiscoveryDisabled()) {
            discovery.require(credentialName, context, tokenEndpoint);
        }
        return region == null ? tokenEndpoint : region.address(credentialName, context, tokenEndpoint);
    }
}
