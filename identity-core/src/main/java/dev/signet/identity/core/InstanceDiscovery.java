// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.AzureAuthorityHosts;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TransportRequest;
import java.net.URI;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks Microsoft whether a sign-in host is one of its clouds, before anything secret is sent there. Microsoft's own
 * hosts, loopback hosts, AD FS and hosts that the application vouches for need no question; others one each. Thread-safe.
 *
 * @since 0.1.0
 */
public final class InstanceDiscovery {
    private final ProviderContext context;
    private final EntraTokenEndpoint entra;
    private final Set<String> valid = ConcurrentHashMap.newKeySet();

    /**
     * Questions on behalf of a credential.
     *
     * @param credentialName for messages
     * @param context transport, and whether the application vouches for its authority
     */
    public InstanceDiscovery(String credentialName, ProviderContext context) {
        this.context = context;
        this.entra = new EntraTokenEndpoint(credentialName, context);
    }

    /**
     * Returns if secrets may be sent to a host.
     *
     * @param authorityHost an address ending with a slash
     * @param tenantId the tenant that will be asked there
     * @throws ClientAuthenticationException if the host is none of Microsoft's clouds, or nobody could say
     */
    public void check(URI authorityHost, String tenantId) {
        String host = authorityHost.getHost();
        boolean known = AuthorityHost.isTrusted(host)
                || isLoopback(host)
                || context.instanceDiscoveryDisabled()
                || tenantId.equalsIgnoreCase("adfs")
                || valid.contains(authorityHost.getRawAuthority());
        if (!known) {
            ask(authorityHost, tenantId);
            valid.add(authorityHost.getRawAuthority());
        }
    }

    private void ask(URI authorityHost, String tenantId) {
        String query = new FormBody()
                .add("api-version", "1.1")
                .add(
                        "authorization_endpoint",
                        authorityHost
                                .resolve(tenantId + "/oauth2/v2.0/authorize")
                                .toString())
                .text();
        TransportRequest request = TransportRequest.get(
                        URI.create(AzureAuthorityHosts.AZURE_PUBLIC_CLOUD + "common/discovery/instance?" + query))
                .header("Accept", "application/json")
                .header("client-request-id", UUID.randomUUID().toString())
                .build();
        JsonObject unused = entra.readObject(request, entra.exchange(request, StandardRetryPolicy.entra()));
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }
}
