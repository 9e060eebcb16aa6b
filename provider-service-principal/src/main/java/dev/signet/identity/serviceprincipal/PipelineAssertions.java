// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.core.ClientProof;
import dev.signet.identity.core.ClientProofSource;
import dev.signet.identity.core.FormBody;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TransportRequest;
import java.net.URI;
import java.util.function.Supplier;

/** What Azure Pipelines states of a job that uses a service connection. */
final class PipelineAssertions implements ClientProofSource {
    private static final String VARIABLE = "SYSTEM_OIDCREQUESTURI";

    private final OidcEndpoint endpoint;
    private final String serviceConnectionId;
    private final Supplier<String> accessToken;

    PipelineAssertions(ProviderContext context, String serviceConnectionId, Supplier<String> accessToken) {
        this.endpoint = new OidcEndpoint(AzurePipelinesCredential.NAME, context, VARIABLE, "oidcToken");
        this.serviceConnectionId = serviceConnectionId;
        this.accessToken = accessToken;
    }

    @Override
    public ClientProof current(String clientId, URI tokenEndpoint) {
        String address = endpoint.address("Run inside Azure Pipelines, whose agent sets it.");
        while (address.endsWith("/")) {
            address = address.substring(0, address.length() - 1);
        }
        String query = new FormBody()
                .add("api-version", "7.1")
                .add("serviceConnectionId", serviceConnectionId)
                .text();
        TransportRequest.Builder request = TransportRequest.post(
                        URI.create(address + "?" + query), "application/json", new byte[0])
                // without it the service answers a wrong token with its sign-in page
                .header("X-TFS-FedAuthRedirect", "Suppress");
        return ClientProof.ofAssertion(endpoint.ask(
                request,
                Supplied.by(AzurePipelinesCredential.NAME, "systemAccessToken", accessToken),
                "Check the system access token: map $(System.AccessToken) to SYSTEM_ACCESSTOKEN, and let the pipeline"
                        + " use the service connection."));
    }

    @Override
    public String toString() {
        return "PipelineAssertions[***]";
    }
}
