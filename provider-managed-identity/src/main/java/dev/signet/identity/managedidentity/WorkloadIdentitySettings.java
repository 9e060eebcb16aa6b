// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.core.AuthorityHost;
import dev.signet.identity.core.ConfidentialClient;
import dev.signet.identity.core.EntraApplication;
import dev.signet.identity.core.EntraRoute;
import dev.signet.identity.core.EntraTokenEndpoint;
import dev.signet.identity.core.EntraTokens;
import dev.signet.identity.core.StandardContext;
import dev.signet.identity.core.TenantPolicy;
import dev.signet.identity.core.TokenCache;
import dev.signet.identity.core.TokenRoute;
import dev.signet.identity.spi.ProviderContext;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the settings of a workload identity: in the builder, else in the context, else in the environment. */
final class WorkloadIdentitySettings {
    private static final Logger LOG = LoggerFactory.getLogger(WorkloadIdentityCredential.class.getPackageName());

    private final WorkloadIdentityCredential.Builder builder;
    private final ProviderContext context;

    WorkloadIdentitySettings(WorkloadIdentityCredential.Builder builder) {
        this.builder = builder;
        this.context = builder.context == null ? StandardContext.create() : builder.context;
    }

    List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (tenantId().isEmpty()) {
            missing.add(Variables.AZURE_TENANT_ID);
        }
        if (clientId().isEmpty()) {
            missing.add(Variables.AZURE_CLIENT_ID);
        }
        if (tokenFile().isEmpty()) {
            missing.add(Variables.AZURE_FEDERATED_TOKEN_FILE);
        }
        return missing;
    }

    WorkloadIdentityCredential credential() {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(WorkloadIdentityCredential.NAME + ": " + String.join(", ", missing)
                    + " not set; enable workload identity for the pod, or give the values in code");
        }
        Path file = tokenFile().orElseThrow();
        TenantPolicy tenants =
                TenantPolicy.of(WorkloadIdentityCredential.NAME, tenantId().orElseThrow(), context, LOG);
        if (builder.additionallyAllowedTenants != null) {
            tenants = tenants.withAllowedTenants(builder.additionallyAllowedTenants);
        }
        ConfidentialClient client = new ConfidentialClient(
                new EntraTokenEndpoint(WorkloadIdentityCredential.NAME, context),
                new EntraApplication(authorityHost(), tenants, clientId().orElseThrow()),
                new FederatedTokenFile(WorkloadIdentityCredential.NAME, file),
                route());
        TokenCache cache = TokenCache.of(WorkloadIdentityCredential.NAME, context, client, LOG);
        return new WorkloadIdentityCredential(file, new EntraTokens(tenants, cache));
    }

    private TokenRoute route() {
        TokenProxy proxy = builder.tokenProxyEnabled ? TokenProxy.from(context.environment()) : null;
        return proxy == null ? EntraRoute.regional(WorkloadIdentityCredential.NAME, context, null) : proxy;
    }

    private Optional<String> tenantId() {
        return Optional.ofNullable(
                first(builder.tenantId, context.tenantId().orElse(null), variable(Variables.AZURE_TENANT_ID)));
    }

    private Optional<String> clientId() {
        return Optional.ofNullable(first(
                builder.clientId,
                context.clientId().orElse(null),
                managedIdentityClientId(),
                variable(Variables.AZURE_CLIENT_ID)));
    }

    private @Nullable String managedIdentityClientId() {
        return context.managedIdentityId().orElse(null) instanceof ManagedIdentityId.ClientId client
                ? client.value()
                : null;
    }

    private Optional<Path> tokenFile() {
        if (builder.tokenFilePath != null) {
            return Optional.of(builder.tokenFilePath);
        }
        String path =
                first(context.setting("tokenFilePath").orElse(null), variable(Variables.AZURE_FEDERATED_TOKEN_FILE));
        return path == null ? Optional.empty() : Optional.of(Path.of(path));
    }

    private URI authorityHost() {
        return builder.authorityHost == null
                ? context.authorityHost()
                : AuthorityHost.parse("authorityHost", builder.authorityHost);
    }

    private @Nullable String variable(String name) {
        return context.environment().get(name).orElse(null);
    }

    /** The first value that is given; a blank one counts as missing, as a blank variable does. */
    private static @Nullable String first(@Nullable String... values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }
}
