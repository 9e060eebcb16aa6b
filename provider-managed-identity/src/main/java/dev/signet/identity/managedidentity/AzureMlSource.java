// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.FormBody;
import dev.signet.identity.core.Scopes;
import dev.signet.identity.spi.TransportRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Compute of Azure Machine Learning. It ignores {@code client_id} in silence, so only {@code clientid} is sent. */
final class AzureMlSource implements Source {
    private final SourceSetup setup;

    AzureMlSource(SourceSetup setup) {
        this.setup = setup;
    }

    @Override
    public void check() {
        SelectedIdentity.Kind kind = setup.identity().kind();
        if (kind == SelectedIdentity.Kind.OBJECT || kind == SelectedIdentity.Kind.RESOURCE) {
            throw Failures.unsupported(setup.kind(), setup.identity());
        }
        URI unused = endpoint();
    }

    @Override
    public AccessToken fetch(TokenRequestContext request, @Nullable AccessToken rejected) {
        check();
        FormBody query = new FormBody()
                .add("api-version", "2017-09-01")
                .add("resource", Scopes.resource(Failures.CREDENTIAL, request));
        String clientId = setup.identity().kind() == SelectedIdentity.Kind.CLIENT
                ? setup.identity().value()
                : setup.variable(Variables.DEFAULT_IDENTITY_CLIENT_ID);
        if (!clientId.isEmpty()) {
            query.add("clientid", clientId);
        }
        String key = setup.variable(Variables.MSI_SECRET);
        TransportRequest http = SourceClient.get(Endpoint.withQuery(endpoint(), query))
                .header("secret", Endpoint.headerValue(Variables.MSI_SECRET, key))
                .build();
        return setup.client().token(http, SourceSetup.localRetries());
    }

    private URI endpoint() {
        return Endpoint.parse(Variables.MSI_ENDPOINT, setup.variable(Variables.MSI_ENDPOINT));
    }
}
