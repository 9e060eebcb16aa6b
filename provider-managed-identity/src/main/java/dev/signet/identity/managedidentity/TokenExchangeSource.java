// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.ConfidentialClient;
import dev.signet.identity.core.EntraApplication;
import dev.signet.identity.core.EntraRoute;
import dev.signet.identity.core.EntraTokenEndpoint;
import dev.signet.identity.core.TenantPolicy;
import dev.signet.identity.spi.ProviderContext;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A pod with workload identity, asked for a managed identity: its token file is exchanged for a token. */
final class TokenExchangeSource implements Source {
    private final SourceSetup setup;

    TokenExchangeSource(SourceSetup setup) {
        this.setup = setup;
    }

    @Override
    public void check() {
        ConfidentialClient unused = exchange();
    }

    @Override
    public AccessToken fetch(TokenRequestContext request, @Nullable AccessToken rejected) {
        return exchange().fetch(request, rejected);
    }

    private ConfidentialClient exchange() {
        ProviderContext context = setup.context();
        String clientId = setup.identity().kind() == SelectedIdentity.Kind.CLIENT
                ? setup.identity().value()
                : setup.variable(Variables.AZURE_CLIENT_ID);
        try {
            TenantPolicy tenants = TenantPolicy.of(
                    Failures.CREDENTIAL,
                    setup.variable(Variables.AZURE_TENANT_ID),
                    context,
                    LoggerFactory.getLogger(TokenExchangeSource.class.getPackageName()));
            EntraApplication application = new EntraApplication(context.authorityHost(), tenants, clientId);
            Path file = Path.of(setup.variable(Variables.AZURE_FEDERATED_TOKEN_FILE));
            return new ConfidentialClient(
                    new EntraTokenEndpoint(Failures.CREDENTIAL, context),
                    application,
                    new FederatedTokenFile(Failures.CREDENTIAL, file),
                    EntraRoute.regional(Failures.CREDENTIAL, context, null));
        } catch (IllegalArgumentException wrong) {
            throw Failures.misconfigured(
                    "a variable of workload identity is wrong: " + wrong.getMessage(),
                    "Leave the variables as the platform sets them, or unset them.");
        }
    }
}
