// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.AuthorityHost;
import dev.signet.identity.core.ConfidentialClient;
import dev.signet.identity.core.EntraApplication;
import dev.signet.identity.core.EntraRoute;
import dev.signet.identity.core.EntraTokenEndpoint;
import dev.signet.identity.core.EntraTokens;
import dev.signet.identity.core.StandardContext;
import dev.signet.identity.core.TenantPolicy;
import dev.signet.identity.core.TokenCache;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.ProviderContext;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An application that trusts a managed identity: the identity's token is the application's proof of who it is, so it
 * needs no secret, even in another tenant. The application needs a federated credential whose issuer is the
 * identity's tenant and whose subject is the identity's object id. Tokens are kept until they should be renewed.
 * Thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity">An
 *     application that trusts a managed identity</a>
 * @since 0.1.0
 */
public final class ManagedIdentityAsFederatedIdentityCredential implements TokenCredential, ChainMember {
    private static final String NAME = "ManagedIdentityAsFederatedIdentityCredential";
    private static final Logger LOG =
            LoggerFactory.getLogger(ManagedIdentityAsFederatedIdentityCredential.class.getPackageName());

    private final ProviderContext context;
    private final EntraApplication application;
    private final ManagedIdentityAssertions assertions;
    private final EntraTokens tokens;
    private final AtomicReference<@Nullable ManagedIdentityAsFederatedIdentityCredential> chainForm =
            new AtomicReference<>();

    private ManagedIdentityAsFederatedIdentityCredential(
            ProviderContext context,
            EntraApplication application,
            ManagedIdentityAssertions assertions,
            boolean chained) {
        this.context = context;
        this.application = application;
        this.assertions = assertions;
        ConfidentialClient client = new ConfidentialClient(
                new EntraTokenEndpoint(NAME, context),
                application,
                assertions,
                EntraRoute.regional(NAME, context, null));
        TokenCache alone = TokenCache.of(NAME, context, client, LOG);
        this.tokens = new EntraTokens(application.tenants(), chained ? alone.inChain() : alone);
    }

    /**
     * Starts a credential.
     *
     * @return a builder; tenant and client id have no defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a token of the application from memory, else from Entra.
     *
     * @param request scopes, and a tenant if the credential may serve others
     * @return a token
     * @throws dev.signet.identity.CredentialUnavailableException if this host has no managed identity
     * @throws dev.signet.identity.ClientAuthenticationException if the host or Entra refused or did not answer
     */
    @Override
    public AccessToken getToken(TokenRequestContext request) {
        return tokens.get(request);
    }

    @Override
    public CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
        return tokens.getAsync(request);
    }

    /** Forgets all tokens of the application; the managed identity's are renewed when they are needed. */
    public void clearCache() {
        tokens.clear();
        ManagedIdentityAsFederatedIdentityCredential other = chainForm.get();
        if (other != null) {
            other.clearCache();
        }
    }

    /**
     * The form for a chain, whose managed identity finds out within a second whether IMDS is there.
     *
     * @return a credential with a cache of its own; the same one each time
     */
    @Override
    public TokenCredential asChainMember() {
        ManagedIdentityAsFederatedIdentityCredential known = chainForm.get();
        if (known != null) {
            return known;
        }
        ManagedIdentityAsFederatedIdentityCredential made =
                new ManagedIdentityAsFederatedIdentityCredential(context, application, assertions.inChain(), true);
        ManagedIdentityAsFederatedIdentityCredential raced = chainForm.compareAndExchange(null, made);
        return raced == null ? made : raced;
    }

    @Override
    public String toString() {
        return NAME;
    }

    /** Collects the settings of a credential. Not thread-safe. */
    public static final class Builder {
        private @Nullable String tenantId;
        private @Nullable String clientId;
        private @Nullable ManagedIdentityId managedIdentityId;
        private @Nullable String audience;
        private @Nullable String authorityHost;
        private @Nullable List<String> additionallyAllowedTenants;
        private @Nullable ProviderContext context;

        private Builder() {}

        /**
         * Sets the tenant of the application.
         *
         * @param tenantId tenant id or domain name
         * @return this
         */
        public Builder tenantId(String tenantId) {
            this.tenantId = Objects.requireNonNull(tenantId);
            return this;
        }

        /**
         * Sets the application.
         *
         * @param clientId its client id
         * @return this
         */
        public Builder clientId(String clientId) {
            this.clientId = Objects.requireNonNull(clientId);
            return this;
        }

        /**
         * Sets the managed identity that the application trusts.
         *
         * @param id default: the one in the context, else the host's own
         * @return this
         */
        public Builder managedIdentityId(ManagedIdentityId id) {
            this.managedIdentityId = Objects.requireNonNull(id);
            return this;
        }

        /**
         * Sets the audience of the managed identity's token, as the federated credential names it.
         *
         * @param audience default: the token exchange of the sign-in host's cloud, {@code api://AzureADTokenExchange}
         *     in the public one
         * @return this
         */
        public Builder audience(String audience) {
            this.audience = Objects.requireNonNull(audience);
            return this;
        }

        /**
         * Sets the sign-in host.
         *
         * @param authorityHost a host or https address; default: {@code AZURE_AUTHORITY_HOST}, else the public cloud
         * @return this
         */
        public Builder authorityHost(String authorityHost) {
            this.authorityHost = Objects.requireNonNull(authorityHost);
            return this;
        }

        /**
         * Sets further tenants for which tokens may be had.
         *
         * @param tenants tenant ids, or {@code *}; default: {@code AZURE_ADDITIONALLY_ALLOWED_TENANTS}
         * @return this
         */
        public Builder additionallyAllowedTenants(List<String> tenants) {
            this.additionallyAllowedTenants = List.copyOf(tenants);
            return this;
        }

        /**
         * Sets everything ambient. Its tenant and client id are not used: they may be the managed identity's.
         *
         * @param context default: the JVM's environment, clock and transport
         * @return this
         */
        public Builder context(ProviderContext context) {
            this.context = Objects.requireNonNull(context);
            return this;
        }

        /**
         * Makes the credential, without I/O. The builder may be used again.
         *
         * @return a new credential
         * @throws IllegalStateException if tenant or client id is missing
         * @throws IllegalArgumentException if a setting or variable is malformed
         */
        public ManagedIdentityAsFederatedIdentityCredential build() {
            if (tenantId == null || clientId == null || clientId.isBlank()) {
                throw new IllegalStateException(NAME + ": tenantId and clientId of the application must be set");
            }
            ProviderContext ambient = context == null ? StandardContext.create() : context;
            TenantPolicy tenants = TenantPolicy.of(NAME, tenantId, ambient, LOG);
            if (additionallyAllowedTenants != null) {
                tenants = tenants.withAllowedTenants(additionallyAllowedTenants);
            }
            URI authority = authorityHost == null
                    ? ambient.authorityHost()
                    : AuthorityHost.parse("authorityHost", authorityHost);
            String resource = audience == null ? AuthorityHost.tokenExchangeAudience(authority) : audience;
            return new ManagedIdentityAsFederatedIdentityCredential(
                    ambient,
                    new EntraApplication(authority, tenants, clientId),
                    new ManagedIdentityAssertions(managedIdentity(ambient), resource),
                    false);
        }

        private ManagedIdentityCredential managedIdentity(ProviderContext ambient) {
            ManagedIdentityCredential.Builder builder =
                    ManagedIdentityCredential.builder().context(ambient);
            if (managedIdentityId instanceof ManagedIdentityId.ClientId client) {
                builder.clientId(client.value());
            } else if (managedIdentityId instanceof ManagedIdentityId.ObjectId object) {
                builder.objectId(object.value());
            } else if (managedIdentityId instanceof ManagedIdentityId.ResourceId resource) {
                builder.resourceId(resource.value());
            }
            return builder.build();
        }
    }
}
