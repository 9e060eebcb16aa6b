// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.WireServer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A job of Azure Pipelines: the address at which it gets tokens for its service connection, over TLS with a certificate
 * of the authority's. A wrong system access token is answered with 401, or with a redirect to the sign-in page unless
 * the client asks not to be redirected.
 *
 * @since 0.1.0
 */
public final class PipelinesEndpoint implements CloudEndpoint {
    private final EmbeddedAuthority authority;
    private final URI uri;
    private final EndpointServer server;
    private final String systemAccessToken = "system-access-token-" + UUID.randomUUID();

    PipelinesEndpoint(EmbeddedAuthority authority, CloudLog log, int port) {
        this.authority = authority;
        WireServer wire = EndpointServer.bind(name(), port, authority.names()::tls);
        this.uri = URI.create("https://localhost:" + wire.port() + PipelinesProtocol.PATH);
        this.server = EndpointServer.start(name(), wire, log, new PipelinesProtocol(authority, this));
    }

    void close() {
        server.close();
    }

    /**
     * The service connection that the job may use.
     *
     * @return a UUID
     */
    public String serviceConnectionId() {
        return "3b0e3f5a-9d7b-4d55-8c2f-6a1b7c9d0e44";
    }

    /**
     * What the job proves itself by, as {@code $(System.AccessToken)}.
     *
     * @return different for each cloud
     */
    public String systemAccessToken() {
        return systemAccessToken;
    }

    /**
     * What the tokens of the service connection say; an application that has it accepts them.
     *
     * @return for {@link Application.Builder#federatedCredential(Application.FederatedCredential)}
     */
    public Application.FederatedCredential federatedCredential() {
        return new Application.FederatedCredential(
                "https://vstoken.dev.azure.com/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
                "sc://contoso/orders/azure",
                EmbeddedAuthority.TOKEN_EXCHANGE_AUDIENCE);
    }

    @Override
    public String name() {
        return "azure-pipelines";
    }

    @Override
    public URI uri() {
        return uri;
    }

    /**
     * The variables of a job that maps the system access token, as in a task that uses the service connection.
     *
     * @return address, token and service connection
     */
    @Override
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("SYSTEM_OIDCREQUESTURI", uri.toString());
        variables.put("SYSTEM_ACCESSTOKEN", systemAccessToken);
        variables.put("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", serviceConnectionId());
        return variables;
    }

    /**
     * The variables of such a job when the service connection stands for an application.
     *
     * @param application a registered application with {@link #federatedCredential()}
     * @return those of {@link #environment()}, authority, tenant and client id
     */
    public Map<String, String> environment(Application application) {
        Map<String, String> variables = new LinkedHashMap<>(authority.environment());
        variables.putAll(environment());
        variables.put("AZURESUBSCRIPTION_TENANT_ID", application.tenantId());
        variables.put("AZURESUBSCRIPTION_CLIENT_ID", application.clientId());
        return variables;
    }

    @Override
    public EndpointScript script() {
        return server.script();
    }

    @Override
    public int connections() {
        return server.wire().accepted();
    }
}
