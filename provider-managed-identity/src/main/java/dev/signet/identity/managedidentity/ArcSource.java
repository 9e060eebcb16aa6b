// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.AccessToken;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.core.FormBody;
import dev.signet.identity.core.OperatingSystem;
import dev.signet.identity.core.Scopes;
import dev.signet.identity.spi.TransportRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The agent of Azure Arc on machines outside Azure. Agents that know no user-assigned identities answer with the
 * machine's own, so the answer must repeat which identity it is for.
 */
final class ArcSource implements Source {
    /** Where the agent listens unless a variable says otherwise; not {@code localhost}, which may mean IPv6. */
    static final String DEFAULT_ENDPOINT = "http://127.0.0.1:40342/metadata/identity/oauth2/token";

    private final SourceSetup setup;

    ArcSource(SourceSetup setup) {
        this.setup = setup;
    }

    @Override
    public void check() {
        if (OperatingSystem.of(setup.environment()) == OperatingSystem.OTHER) {
            throw new CredentialUnavailableException(FailureDetails.unavailable(
                            Failures.CREDENTIAL,
                            UnavailableReason.NOT_SUPPORTED,
                            "Azure Arc serves only Linux and Windows")
                    .remedy("Use another credential on this system.")
                    .build());
        }
        URI unused = endpoint();
    }

    @Override
    public AccessToken fetch(TokenRequestContext request, @Nullable AccessToken rejected) {
        check();
        FormBody query = new FormBody()
                .add("api-version", "2020-06-01")
                .add("resource", Scopes.resource(Failures.CREDENTIAL, request));
        setup.identity().addTo(query, "client_id", "object_id", "msi_res_id");
        URI address = Endpoint.withQuery(endpoint(), query);
        SourceClient client = setup.client();
        ArcExchange exchange = new ArcExchange(setup, client.calls(), address);
        TokenAnswer answer = client.send(exchange, SourceSetup.localRetries());
        requireEcho(answer);
        return answer.token(exchange.sentMillis(), setup.context().clock().millis());
    }

    /** A request as the agent wants it. */
    static TransportRequest.Builder request(URI address) {
        return SourceClient.get(address).header("Metadata", "true");
    }

    private URI endpoint() {
        String given = setup.variable(Variables.IDENTITY_ENDPOINT);
        boolean named = setup.environment().has(Variables.IMDS_ENDPOINT) && !given.isEmpty();
        return Endpoint.parse(Variables.IDENTITY_ENDPOINT, named ? given : DEFAULT_ENDPOINT);
    }

    private void requireEcho(TokenAnswer answer) {
        SelectedIdentity identity = setup.identity();
        boolean confirmed =
                switch (identity.kind()) {
                    case NONE -> true;
                    case CLIENT -> answer.echoes("client_id", identity.value());
                    case OBJECT -> answer.echoes("object_id", identity.value());
                    case RESOURCE ->
                        answer.echoes("msi_res_id", identity.value()) || answer.echoes("mi_res_id", identity.value());
                };
        if (!confirmed) {
            throw Failures.rejected(
                    "Azure Arc did not confirm that its token is of " + identity,
                    "Update the Azure Connected Machine agent: this one knows only the machine's own identity.",
                    null);
        }
    }
}
