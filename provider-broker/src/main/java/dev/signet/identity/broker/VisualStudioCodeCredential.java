// SPDX-License-Identifier: MIT
package dev.signet.identity.broker;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.broker.internal.brokers.Broker;
import dev.signet.identity.broker.internal.brokers.Brokers;
import dev.signet.identity.core.EntraTokens;
import dev.signet.identity.core.StandardContext;
import dev.signet.identity.core.TenantPolicy;
import dev.signet.identity.core.TokenCache;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.Explainable;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.Readiness;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The user who signed in to Azure in Visual Studio Code: the record of its Azure Resources extension says who, the broker
 * of the operating system gives the tokens. It never asks the user; whatever is missing is named. Tokens are kept until
 * they should be renewed. Thread-safe.
 *
 * @since 0.1.0
 */
public final class VisualStudioCodeCredential implements TokenCredential, ChainMember, Explainable {
    static final String NAME = "VisualStudioCodeCredential";

    private final VisualStudioCodeRecord record;
    private final Broker broker;
    private final EntraTokens tokens;

    private VisualStudioCodeCredential(VisualStudioCodeRecord record, Broker broker, EntraTokens tokens) {
        this.record = record;
        this.broker = broker;
        this.tokens = tokens;
    }

    /**
     * Starts a credential.
     *
     * @return a builder with defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a token from memory, else from the broker. The record is read each time the broker is asked.
     *
     * @param request scopes and tenant
     * @return a token
     * @throws dev.signet.identity.CredentialUnavailableException if nobody signed in to Visual Studio Code, its record is
     *     not as it should be, or the broker gives no token without asking the user
     */
    @Override
    public AccessToken getToken(TokenRequestContext request) {
        return tokens.get(request);
    }

    @Override
    public CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
        return tokens.getAsync(request);
    }

    /** Forgets all tokens, for example after another user signed in to Visual Studio Code. */
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
        return new VisualStudioCodeCredential(record, broker, tokens.inChain());
    }

    @Override
    public Readiness explain() {
        return record.file().isPresent()
                ? broker.explain()
                : new Readiness(
                        Readiness.Status.NOT_CONFIGURED,
                        "nobody signed in to Visual Studio Code",
                        "Sign in to Azure with the Azure Resources extension of Visual Studio Code.");
    }

    @Override
    public String toString() {
        return NAME;
    }

    /** Collects the settings of a credential. Not thread-safe. */
    public static final class Builder {
        private @Nullable String tenantId;
        private @Nullable List<String> additionallyAllowedTenants;
        private @Nullable ProviderContext context;
        private @Nullable Broker broker;

        private Builder() {}

        /**
         * Sets the tenant.
         *
         * @param tenantId tenant id or domain name; default: the tenant that the user signed in to
         * @return this
         */
        public Builder tenantId(String tenantId) {
            this.tenantId = Objects.requireNonNull(tenantId);
            return this;
        }

        /**
         * Sets further tenants for which tokens may be had, besides {@link #tenantId}.
         *
         * @param tenants tenant ids, or {@code *}; default: {@code AZURE_ADDITIONALLY_ALLOWED_TENANTS}
         * @return this
         */
        public Builder additionallyAllowedTenants(List<String> tenants) {
            this.additionallyAllowedTenants = List.copyOf(tenants);
            return this;
        }

        /**
         * Sets everything ambient.
         *
         * @param context default: the JVM's environment and clock
         * @return this
         */
        public Builder context(ProviderContext context) {
            this.context = Objects.requireNonNull(context);
            return this;
        }

        /** Sets the broker; default: the one of the operating system. */
        Builder broker(@Nullable Broker broker) {
            this.broker = broker;
            return this;
        }

        /**
         * Makes the credential, without I/O. The builder may be used again.
         *
         * @return a new credential
         * @throws IllegalArgumentException if a setting is malformed
         */
        public VisualStudioCodeCredential build() {
            ProviderContext ambient = context == null ? StandardContext.create() : context;
            String tenant =
                    tenantId == null ? ambient.tenantId().orElse(VisualStudioCodeLogin.TENANT_OF_RECORD) : tenantId;
            TenantPolicy tenants = TenantPolicy.of(NAME, tenant, ambient, BrokerCredential.LOG);
            if (additionallyAllowedTenants != null) {
                tenants = tenants.withAllowedTenants(additionallyAllowedTenants);
            }
            VisualStudioCodeRecord record = new VisualStudioCodeRecord(ambient.environment());
            Broker chosen = broker == null ? Brokers.of(NAME, ambient, Brokers.DEFAULT_TIMEOUT) : broker;
            TokenCache cache = TokenCache.of(
                    NAME, ambient, new VisualStudioCodeLogin(record, chosen, tenants), BrokerCredential.LOG);
            return new VisualStudioCodeCredential(record, chosen, new EntraTokens(tenants, cache));
        }
    }
}
