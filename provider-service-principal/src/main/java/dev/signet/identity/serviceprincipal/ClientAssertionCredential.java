// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.ClientProofSource;
import dev.signet.identity.core.EntraTokens;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.ProviderContext;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An application that proves itself by assertions that somebody else signs: a federated identity provider, a key
 * service, another cloud. The assertion is asked for before each request to Entra, never when a cached token serves.
 * Tokens are kept until they should be renewed. Thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/entra/workload-id/workload-identity-federation">Workload identity federation</a>
 * @since 0.1.0
 */
public final class ClientAssertionCredential implements TokenCredential, ChainMember {
    static final String NAME = "ClientAssertionCredential";

    private final EntraTokens tokens;

    private ClientAssertionCredential(EntraTokens tokens) {
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
        return new ClientAssertionCredential(tokens.inChain());
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
         * Sets where assertions come from.
         *
         * @param supplier gives a signed JSON Web Token; may block; thread-safe. When Entra finds an assertion outside
         *     its validity, it is asked once more
         * @return this
         */
        public Builder clientAssertion(Supplier<String> supplier) {
            Objects.requireNonNull(supplier);
            this.proofs = new SuppliedAssertions(NAME, request -> supplier.get());
            return this;
        }

        /**
         * Sets where assertions come from that are made for the request.
         *
         * @param function gives a signed JSON Web Token for a client id and token endpoint; may block; thread-safe
         * @return this
         */
        public Builder clientAssertionFor(Function<AssertionRequest, String> function) {
            this.proofs = new SuppliedAssertions(NAME, Objects.requireNonNull(function));
            return this;
        }

        /**
         * Sets where assertions come from that are made without blocking. Whoever needs the token waits for them.
         *
         * @param function gives the future of a signed JSON Web Token; thread-safe
         * @return this
         */
        public Builder clientAssertionAsync(Function<AssertionRequest, ? extends CompletionStage<String>> function) {
            this.proofs = new SuppliedAssertions(NAME, new Awaited(NAME, Objects.requireNonNull(function)));
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
         * Makes the credential, without I/O. The builder may be used again.
         *
         * @return a new credential
         * @throws IllegalArgumentException if a setting is missing, blank or malformed
         */
        public ClientAssertionCredential build() {
            ProviderContext context = settings.context();
            MissingSettings missing = settings.missing(NAME, context);
            missing.require("clientAssertion", "", proofs);
            missing.throwIfAny();
            return new ClientAssertionCredential(settings.tokens(NAME, context, Objects.requireNonNull(proofs)));
        }
    }
}
