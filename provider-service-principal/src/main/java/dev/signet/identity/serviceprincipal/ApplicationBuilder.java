// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.core.AuthorityHost;
import dev.signet.identity.core.ClientProofSource;
import dev.signet.identity.core.ConfidentialClient;
import dev.signet.identity.core.EntraApplication;
import dev.signet.identity.core.EntraRoute;
import dev.signet.identity.core.EntraTokenEndpoint;
import dev.signet.identity.core.EntraTokens;
import dev.signet.identity.core.StandardContext;
import dev.signet.identity.core.TenantPolicy;
import dev.signet.identity.core.TokenCache;
import dev.signet.identity.spi.ProviderContext;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings that all applications have, as their builders collect them. What is not set here the context says. */
final class ApplicationBuilder {
    static final Logger LOG = LoggerFactory.getLogger(ApplicationBuilder.class.getPackageName());

    @Nullable
    String tenantId;

    @Nullable
    String clientId;

    @Nullable
    String authorityHost;

    @Nullable
    String regionalAuthority;

    @Nullable
    List<String> additionallyAllowedTenants;

    @Nullable
    ProviderContext context;

    /** What stands in front of the names of variables; null to read none. */
    @Nullable
    String variables;

    ApplicationBuilder() {}

    ProviderContext context() {
        return context == null ? StandardContext.create() : context;
    }

    private @Nullable String tenantId(ProviderContext ambient) {
        return tenantId == null ? ambient.tenantId().orElseGet(() -> variable(ambient, "TENANT_ID")) : tenantId;
    }

    private @Nullable String clientId(ProviderContext ambient) {
        return clientId == null ? ambient.clientId().orElseGet(() -> variable(ambient, "CLIENT_ID")) : clientId;
    }

    /** The value of a variable of this kind of credential; null when variables are not to be read, or it is not set. */
    @Nullable
    String variable(ProviderContext ambient, String name) {
        return variables == null
                ? null
                : ambient.environment().get(variables + name).orElse(null);
    }

    /** What is missing, as far as all applications go. */
    MissingSettings missing(String credentialName, ProviderContext ambient) {
        MissingSettings missing = new MissingSettings(credentialName, variables);
        missing.require("tenantId", "TENANT_ID", tenantId(ambient));
        missing.require("clientId", "CLIENT_ID", clientId(ambient));
        return missing;
    }

    /** The application; {@link #missing} found its tenant and client id. */
    EntraApplication application(String credentialName, ProviderContext ambient) {
        TenantPolicy tenants = TenantPolicy.of(credentialName, present(tenantId(ambient)), ambient, LOG);
        if (additionallyAllowedTenants != null) {
            tenants = tenants.withAllowedTenants(additionallyAllowedTenants);
        }
        return new EntraApplication(authority(ambient), tenants, present(clientId(ambient)));
    }

    URI authority(ProviderContext ambient) {
        return authorityHost == null ? ambient.authorityHost() : AuthorityHost.parse("authorityHost", authorityHost);
    }

    /** The tokens that the application gets for itself. */
    EntraTokens tokens(String credentialName, ProviderContext ambient, ClientProofSource proofs) {
        EntraApplication application = application(credentialName, ambient);
        ConfidentialClient client = new ConfidentialClient(
                new EntraTokenEndpoint(credentialName, ambient),
                application,
                proofs,
                EntraRoute.regional(credentialName, ambient, regionalAuthority));
        return new EntraTokens(application.tenants(), TokenCache.of(credentialName, ambient, client, LOG));
    }

    private static String present(@Nullable String checked) {
        return Objects.requireNonNull(checked);
    }
}
