// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.WireServer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A job of GitHub Actions with the permission {@code id-token: write}: the address at which it gets id tokens, over TLS
 * with a certificate of the authority's.
 *
 * @since 0.1.0
 */
public final class GitHubActionsEndpoint implements CloudEndpoint {
    private final EmbeddedAuthority authority;
    private final URI uri;
    private final EndpointServer server;
    private final String requestToken = "request-token-" + UUID.randomUUID();

    GitHubActionsEndpoint(EmbeddedAuthority authority, CloudLog log, int port) {
        this.authority = authority;
        WireServer wire = EndpointServer.bind(name(), port, authority.names()::tls);
        this.uri = URI.create(
                "https://localhost:" + wire.port() + GitHubActionsProtocol.PATH + "?" + GitHubActionsProtocol.QUERY);
        this.server = EndpointServer.start(name(), wire, log, new GitHubActionsProtocol(authority, this));
    }

    void close() {
        server.close();
    }

    /**
     * What the job proves itself by.
     *
     * @return different for each cloud
     */
    public String requestToken() {
        return requestToken;
    }

    /**
     * What the job's id tokens say when they are asked for with this audience; an application that has it accepts them.
     *
     * @return for {@link Application.Builder#federatedCredential(Application.FederatedCredential)}
     */
    public Application.FederatedCredential federatedCredential() {
        return new Application.FederatedCredential(
                "https://token.actions.githubusercontent.com",
                "repo:contoso/orders:ref:refs/heads/main",
                EmbeddedAuthority.TOKEN_EXCHANGE_AUDIENCE);
    }

    @Override
    public String name() {
        return "github-actions";
    }

    /**
     * The address of the job's id tokens. It has a query already; clients add {@code &audience=} to it.
     *
     * @return an https address
     */
    @Override
    public URI uri() {
        return uri;
    }

    /**
     * The variables that GitHub sets for such a job.
     *
     * @return address and token
     */
    @Override
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("ACTIONS_ID_TOKEN_REQUEST_URL", uri.toString());
        variables.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", requestToken);
        return variables;
    }

    /**
     * The variables of such a job that signs in as an application.
     *
     * @param application a registered application with {@link #federatedCredential()}
     * @return those of {@link #environment()}, authority, tenant and client id
     */
    public Map<String, String> environment(Application application) {
        Map<String, String> variables = new LinkedHashMap<>(authority.environment());
        variables.put("AZURE_TENANT_ID", application.tenantId());
        variables.put("AZURE_CLIENT_ID", application.clientId());
        variables.putAll(environment());
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
