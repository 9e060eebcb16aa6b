// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.FormBody;
import dev.signet.identity.core.Scopes;
import dev.signet.identity.spi.TransportRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The instance metadata service of virtual machines, scale sets, Kubernetes nodes and container instances. */
final class ImdsSource implements Source {
    private static final String PATH = "/metadata/identity/oauth2/token";

    private final SourceSetup setup;
    private final @Nullable ImdsProbe probe;

    /** A probe is used when a chain waits and nothing says that IMDS is there. */
    ImdsSource(SourceSetup setup, @Nullable ImdsProbe probe) {
        boolean told = setup.environment().has(Variables.AZURE_POD_IDENTITY_AUTHORITY_HOST);
        this.setup = setup;
        this.probe = setup.hurried() && !told ? probe : null;
    }

    @Override
    public void check() {
        URI unused = endpoint();
    }

    @Override
    public AccessToken fetch(TokenRequestContext request, @Nullable AccessToken rejected) {
        URI endpoint = endpoint();
        String resource = Scopes.resource(Failures.CREDENTIAL, request);
        if (probe != null) {
            probe.requireImds(endpoint);
        }
        FormBody query = new FormBody().add("api-version", "2018-02-01").add("resource", resource);
        setup.identity().addTo(query, "client_id", "object_id", "msi_res_id");
        TransportRequest http = SourceClient.get(Endpoint.withQuery(endpoint, query))
                .header("Metadata", "true")
                .build();
        return setup.client(new ImdsFailures(setup.identity())).token(http, new ImdsRetryPolicy(setup.hurried()));
    }

    private URI endpoint() {
        String variable = Variables.AZURE_POD_IDENTITY_AUTHORITY_HOST;
        String base = setup.variable(variable);
        if (base.isEmpty()) {
            variable = "imdsEndpoint";
            base = setup.context().setting(variable).orElse("http://169.254.169.254");
        }
        String host = base.strip();
        while (host.endsWith("/")) {
            host = host.substring(0, host.length() - 1);
        }
        return Endpoint.parse(variable, host + PATH);
    }
}
