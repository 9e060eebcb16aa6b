// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.FormBody;
import dev.signet.identity.core.Scopes;
import dev.signet.identity.spi.TransportRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** App Service, Functions, Container Apps and their kin. */
final class AppServiceSource implements Source {
    private final SourceSetup setup;

    AppServiceSource(SourceSetup setup) {
        this.setup = setup;
    }

    @Override
    public void check() {
        URI unused = endpoint();
    }

    @Override
    public AccessToken fetch(TokenRequestContext request, @Nullable AccessToken rejected) {
        FormBody query = new FormBody()
                .add("api-version", "2019-08-01")
                .add("resource", Scopes.resource(Failures.CREDENTIAL, request));
        setup.identity().addTo(query, "client_id", "object_id", "mi_res_id");
        String key = setup.variable(Variables.IDENTITY_HEADER);
        TransportRequest http = SourceClient.get(Endpoint.withQuery(endpoint(), query))
                .header("X-IDENTITY-HEADER", Endpoint.headerValue(Variables.IDENTITY_HEADER, key))
                .build();
        return setup.client().token(http, SourceSetup.localRetries());
    }

    private URI endpoint() {
        return Endpoint.parse(Variables.IDENTITY_ENDPOINT, setup.variable(Variables.IDENTITY_ENDPOINT));
    }
}
