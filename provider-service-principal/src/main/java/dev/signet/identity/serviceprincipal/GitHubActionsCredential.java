// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.AuthorityHost;
import dev.signet.identity.core.EntraTokens;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.ProviderContext;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A workflow of GitHub Actions with workload identity federation: GitHub gives a statement of who the workflow is, which
 * Entra takes as the application's proof. It is asked for before each request to Entra, since it lives five minutes, so
 * long workflows keep working. The workflow needs {@code permissions: id-token: write}. Tokens are kept until they should
 * be renewed. Thread-safe.
 *
 * @see <a href="https://docs.github.com/actions/concepts/security/openid-connect">OpenID Connect in GitHub Actions</a>
 * @since 0.1.0
 */
public final class GitHubActionsCredential implements TokenCredential, ChainMember {
    static final String NAME = "GitHubActionsCredential";

    private final EntraTokens tokens;

    private GitHubActionsCredential(EntraTokens tokens) {
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
        return new GitHubActionsCredential(tokens.inChain());
    }

    @Override
    public String toString() {
        return NAME;
    }

    /** Collects the settings of a credential. Not thread-safe. */
    public static final class Builder {
        private final ApplicationBuilder settings = new ApplicationBuilder();
        private @Nullable String audience;

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
         * Sets the audience of GitHub's statement.
         *
         * @param audience what the federated credential expects; default: that of the cloud, for example
         *     {@code api://AzureADTokenExchange}
         * @return this
         */
        public Builder audience(String audience) {
            this.audience = Objects.requireNonNull(audience);
            return this;
        }

        /**
         * Reads what is not set here from the environment: {@code AZURE_TENANT_ID} and
         * {@code AZURE_CLIENT_ID}, as {@code azure/login} does.
         *
         * @return this
         */
        public Builder fromEnvironment() {
            settings.variables = "AZURE_";
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
        public GitHubActionsCredential build() {
            ProviderContext context = settings.context();
            missing(context).throwIfAny();
            String wanted = audience == null || audience.isBlank()
                    ? AuthorityHost.tokenExchangeAudience(settings.authority(context))
                    : audience;
            return new GitHubActionsCredential(settings.tokens(NAME, context, new WorkflowAssertions(context, wanted)));
        }

        private MissingSettings missing(ProviderContext context) {
            return settings.missing(NAME, context);
        }
    }
}
