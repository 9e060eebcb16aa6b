// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.AccessToken;
import dev.signet.identity.Secret;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.ClientProofSource;
import dev.signet.identity.core.EntraTokens;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.ProviderContext;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An application that proves itself by a client secret. Tokens are kept until they should be renewed. Thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow">The client credentials
 *     flow</a>
 * @since 0.1.0
 */
public final class ClientSecretCredential implements TokenCredential, ChainMember {
    static final String NAME = "ClientSecretCredential";

    private final EntraTokens tokens;

    private ClientSecretCredential(EntraTokens tokens) {
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
        return new ClientSecretCredential(tokens.inChain());
    }

    @Override
    public String toString() {
        return NAME;
    }

    /** Collects the settings of a credential. Not thread-safe. */
    public static final class Builder {
        private final ApplicationBuilder settings = new ApplicationBuilder();
        private @Nullable ClientProofSource proofs;

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
         * Sets the secret.
         *
         * @param clientSecret the value of the secret, not its id
         * @return this
         */
        public Builder clientSecret(String clientSecret) {
            this.proofs = clientSecret.isBlank() ? null : new FixedSecret(Secret.of(clientSecret));
            return this;
        }

        /**
         * Sets where the secret comes from, so that it can change while the application runs.
         *
         * @param supplier asked before each request to Entra, on the thread that needs the token; thread-safe
         * @return this
         */
        public Builder clientSecretSupplier(Supplier<String> supplier) {
            this.proofs = new SuppliedSecret(NAME, Objects.requireNonNull(supplier));
            return this;
        }

        /**
         * Reads what is not set here from the environment: {@code AZURE_TENANT_ID},
         * {@code AZURE_CLIENT_ID} and {@code AZURE_CLIENT_SECRET}.
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
        public ClientSecretCredential build() {
            ProviderContext context = settings.context();
            missing(context).throwIfAny();
            return new ClientSecretCredential(settings.tokens(NAME, context, Objects.requireNonNull(proofs(context))));
        }

        private MissingSettings missing(ProviderContext context) {
            MissingSettings missing = settings.missing(NAME, context);
            missing.require("clientSecret", "CLIENT_SECRET", proofs(context));
            return missing;
        }

        private @Nullable ClientProofSource proofs(ProviderContext context) {
            String variable = settings.variable(context, "CLIENT_SECRET");
            return proofs != null || variable == null ? proofs : new FixedSecret(Secret.of(variable));
        }
    }
}
