// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.FormBody;
import dev.signet.identity.core.Scopes;
import dev.signet.identity.spi.TransportRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Cloud Shell, whose tokens are those of the person at it. */
final class CloudShellSource implements Source {
    private final SourceSetup setup;

    CloudShellSource(SourceSetup setup) {
        this.setup = setup;
    }

    @Override
    public void check() {
        if (setup.identity().kind() != SelectedIdentity.Kind.NONE) {
            throw Failures.unsupported(setup.kind(), setup.identity());
        }
        URI unused = endpoint();
    }

    @Override
    public AccessToken fetch(TokenRequestContext request, @Nullable AccessToken rejected) {
        check();
        FormBody form = new FormBody().add("resource", Scopes.resource(Failures.CREDENTIAL, request));
        TransportRequest http =
                SourceClient.post(endpoint(), form).header("Metadata", "true").build();
        return setup.client().token(http, SourceSetup.localRetries());
    }

    private URI endpoint() {
        return Endpoint.parse(Variables.MSI_ENDPOINT, setup.variable(Variables.MSI_ENDPOINT));
    }
}
