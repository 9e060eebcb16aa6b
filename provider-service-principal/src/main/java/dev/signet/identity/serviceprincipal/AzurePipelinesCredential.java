// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.AccessToken;
import dev.signet.identity.Secret;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.EntraTokens;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.ProviderContext;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A service connection of Azure Pipelines that uses workload identity federation: the pipeline gives a statement of who
 * it is, which Entra takes as the application's proof. It is asked for before each request to Entra, since it lives ten
 * minutes. Tokens are kept until they should be renewed. Thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/azure/devops/pipelines/library/connect-to-azure">Service connections</a>
 * @since 0.1.0
 */
public final class AzurePipelinesCredential implements TokenCredential, ChainMember {
    static final String NAME = "AzurePipelinesCredential";

    private final EntraTokens tokens;

    private AzurePipelinesCredential(EntraTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * Starts a credential.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a token of the application from memory, else from Entra.
     *
     * @param request scopes, and a tenant if the credential may serve others
     * @return a token
     * @throws dev.signet.identity.ClientAuthenticationException if the application cannot prove who it is, the tenant is
     *     not allowed, or Entra refused or did not answer
     */
    @Override
    public AccessToken getToken(TokenRequestContext request) {
        return tokens.get(request);
    }

    @Override
    public CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
        return tokens.getAsync(request);
    }

    /** Forgets all tokens, for example after the application was given other roles. */
    public void clearCache() {
        tokens.clear();
    }

    /**
     * The form for a chain, which logs at lower levels.
     *
     * @return a credential with a cache of its own, which all such forms share
     */
    @Override
    public TokenCredential asChainMember() {
        return new AzurePipelinesCredential(tokens.inChain());
    }

    @Override
    public String toString() {
        return NAME;
    }

    /** Collects the settings of a credential. Not thread-safe. */
    public static final class Builder {
        private final ApplicationBuilder settings = new ApplicationBuilder();
        private static final String ACCESS_TOKEN_VARIABLE = "SYSTEM_ACCESSTOKEN";

        private @Nullable String serviceConnectionId;
        private @Nullable Supplier<String> systemAccessToken;

        private Builder() {}

        /**
         * Sets the application's tenant.
         *
         * @param tenantId tenant id or domain name; default: the one in the context
         * @return this
         */
        public Builder tenantId(String tenantId) {
            settings.tenantId = Objects.requireNonNull(tenantId);
            return this;
        }

        /**
         * Sets the application.
         *
         * @param clientId client (application) id; default: the one in the context
         * @return this
         */
        public Builder clientId(String clientId) {
            settings.clientId = Objects.requireNonNull(clientId);
            return this;
        }

        /**
         * Sets the service connection.
         *
         * @param serviceConnectionId its id, as in the address of its page
         * @return this
         */
        public Builder serviceConnectionId(String serviceConnectionId) {
            this.serviceConnectionId = Objects.requireNonNull(serviceConnectionId);
            return this;
        }

        /**
         * Sets the pipeline's own token.
         *
         * @param systemAccessToken what the pipeline maps from {@code $(System.AccessToken)}
         * @return this
         */
        public Builder systemAccessToken(String systemAccessToken) {
            Secret kept = systemAccessToken.isBlank() ? null : Secret.of(systemAccessToken);
            this.systemAccessToken = kept == null ? null : kept::reveal;
            return this;
        }

        /**
         * Sets where the pipeline's own token comes from.
         *
         * @param supplier asked before each request to the pipeline; thread-safe
         * @return this
         */
        public Builder systemAccessTokenSupplier(Supplier<String> supplier) {
            this.systemAccessToken = Objects.requireNonNull(supplier);
            return this;
        }

        /**
         * Reads what is not set here from the environment: what the tasks {@code AzureCLI@2} and
         * {@code AzurePowerShell@5} set, {@code AZURESUBSCRIPTION_TENANT_ID}, {@code AZURESUBSCRIPTION_CLIENT_ID} and
         * {@code AZURESUBSCRIPTION_SERVICE_CONNECTION_ID}, and {@code SYSTEM_ACCESSTOKEN}, which the pipeline must map.
         *
         * @return this
         */
        public Builder fromEnvironment() {
            settings.variables = "AZURESUBSCRIPTION_";
            return this;
        }

        /**
         * Sets the sign-in host.
         *
         * @param authorityHost a host or https address; default: {@code AZURE_AUTHORITY_HOST}, else the public cloud
         * @return this
         */
        public Builder authorityHost(String authorityHost) {
            settings.authorityHost = Objects.requireNonNull(authorityHost);
            return this;
        }

        /**
         * Sets further tenants for which tokens may be had.
         *
         * @param tenants tenant ids, or {@code *}; default: {@code AZURE_ADDITIONALLY_ALLOWED_TENANTS}
         * @return this
         */
        public Builder additionallyAllowedTenants(List<String> tenants) {
            settings.additionallyAllowedTenants = List.copyOf(tenants);
            return this;
        }

        /**
         * Has the token endpoint of a region serve, close to the application.
         *
         * @param region for example {@code westus2}, or {@code AutoDiscoverRegion} to find it; default:
         *     {@code AZURE_REGIONAL_AUTHORITY_NAME}, else the global endpoint
         * @return this
         */
        public Builder regionalAuthority(String region) {
            settings.regionalAuthority = Objects.requireNonNull(region);
            return this;
        }

        /**
         * Sets everything ambient.
         *
         * @param context default: the JVM's environment, clock and transport
         * @return this
         */
        public Builder context(ProviderContext context) {
            settings.context = Objects.requireNonNull(context);
            return this;
        }

        /**
         * The variables that are neither set nor replaced by a setting in code.
         *
         * @return their names; empty if {@link #build} finds all that it needs
         */
        public List<String> missing() {
            return missing(settings.context()).names();
        }

        /**
         * Makes the credential, without I/O. The builder may be used again.
         *
         * @return a new credential
         * @throws IllegalArgumentException if a setting is missing, blank or malformed
         */
        public AzurePipelinesCredential build() {
            ProviderContext context = settings.context();
            missing(context).throwIfAny();
            PipelineAssertions proofs = new PipelineAssertions(
                    context,
                    Objects.requireNonNull(serviceConnectionId(context)),
                    Objects.requireNonNull(systemAccessToken(context)));
            return new AzurePipelinesCredential(settings.tokens(NAME, context, proofs));
        }

        private MissingSettings missing(ProviderContext context) {
            MissingSettings missing = settings.missing(NAME, context);
            missing.require("serviceConnectionId", "SERVICE_CONNECTION_ID", serviceConnectionId(context));
            if (systemAccessToken(context) == null) {
                missing.add("systemAccessToken", ACCESS_TOKEN_VARIABLE);
            }
            return missing;
        }

        private @Nullable String serviceConnectionId(ProviderContext context) {
            return serviceConnectionId == null
                    ? settings.variable(context, "SERVICE_CONNECTION_ID")
                    : serviceConnectionId;
        }

        private @Nullable Supplier<String> systemAccessToken(ProviderContext context) {
            if (systemAccessToken != null || settings.variables == null) {
                return systemAccessToken;
            }
            String variable = context.environment().get(ACCESS_TOKEN_VARIABLE).orElse(null);
            return variable == null ? null : Secret.of(variable)::reveal;
        }
    }
}
