// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Secret;
import dev.signet.identity.core.ClientProof;
import dev.signet.identity.core.ClientProofSource;
import dev.signet.identity.core.FormBody;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TransportRequest;
import java.net.URI;

/** What GitHub states of a workflow's job. */
final class WorkflowAssertions implements ClientProofSource {
    private static final String ADDRESS = "ACTIONS_ID_TOKEN_REQUEST_URL";
    private static final String TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
    private static final String REMEDY =
            "Run inside GitHub Actions, and give the workflow 'permissions: id-token: write'.";

    private final ProviderContext context;
    private final OidcEndpoint endpoint;
    private final String audience;

    WorkflowAssertions(ProviderContext context, String audience) {
        this.context = context;
        this.endpoint = new OidcEndpoint(GitHubActionsCredential.NAME, context, ADDRESS, "value");
        this.audience = audience;
    }

    @Override
    public ClientProof current(String clientId, URI tokenEndpoint) {
        String address = endpoint.address(REMEDY);
        String token = context.environment().get(TOKEN).orElse("").strip();
        if (token.isEmpty()) {
            throw new CredentialUnavailableException(GitHubActionsCredential.NAME, TOKEN + " not set", REMEDY);
        }
        String query = new FormBody().add("audience", audience).text();
        TransportRequest.Builder request =
                TransportRequest.get(URI.create(address + (address.indexOf('?') < 0 ? '?' : '&') + query));
        return ClientProof.ofAssertion(endpoint.ask(
                request, Secret.of(token), "Give the workflow 'permissions: id-token: write', and run the job again."));
    }

    @Override
    public String toString() {
        return "WorkflowAssertions[***]";
    }
}
