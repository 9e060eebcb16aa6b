// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.EntraTokens;
import dev.signet.identity.msal.UserClient;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderContext;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A user who has signed in with another program that keeps its accounts in the same token cache, on this machine and for
 * this user of it; unless another name is set, the cache that Microsoft's tools share. Never asks anybody. Needs
 * {@code dev.signet:token-cache-persistence}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SharedTokenCacheCredential implements TokenCredential, ChainMember {
    static final String NAME = "SharedTokenCacheCredential";

    private static final String SHARED_CACHE = "msal.cache";

    private final EntraTokens tokens;
    private final EntraTokens chained;

    private SharedTokenCacheCredential(EntraTokens tokens, EntraTokens chained) {
        this.tokens = tokens;
        this.chained = chained;
    }

    /**
     * The user in {@code AZURE_USERNAME}, else the only one, of the cache that Microsoft's tools share.
     *
     * @return a new credential
     * @throws IllegalStateException if nothing is installed that keeps token caches
     */
    public static SharedTokenCacheCredential create() {
        return builder().build();
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
     * Returns a token of the user, from memory, else from the cache, else by its refresh token.
     *
     * @param request scopes, and a tenant if the credential may serve others
     * @return a token
     * @throws dev.signet.identity.CredentialUnavailableException if the cache holds no account that is meant, or several
     * @throws dev.signet.identity.ClientAuthenticationException if the cache must not be used as it is, the user must sign
     *     in again, the tenant is not allowed, or Entra refused or did not answer
     */
    @Override
    public AccessToken getToken(TokenRequestContext request) {
        return tokens.get(request);
    }

    @Override
    public CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
        return tokens.getAsync(request);
    }

    /** Forgets the tokens in memory. */
    public void clearCache() {
        tokens.clear();
        chained.clear();
    }

    /**
     * The form for a chain: it logs at lower levels, and counts as unavailable whenever it has no token.
     *
     * @return a credential with a cache of its own in memory
     */
    @Override
    public TokenCredential asChainMember() {
        return new SharedTokenCacheCredential(chained, chained);
    }

    @Override
    public String toString() {
        return NAME;
    }

    /** Collects the settings of a credential. Settings made here win over the context's, those over variables. */
    public static final class Builder {
        private final UserSettingsBuilder settings = new UserSettingsBuilder();
        private TokenCachePersistenceOptions cache =
                TokenCachePersistenceOptions.defaults().withName(SHARED_CACHE);
        private @Nullable String username;

        private Builder() {}

        /**
         * Sets the user.
         *
         * @param username in upper or lower case; default: {@code AZURE_USERNAME}, else the only user there is
         * @return this
         */
        public Builder username(String username) {
            this.username = Objects.requireNonNull(username);
            return this;
        }

        /**
         * Sets the tenant, which also tells accounts of the same user name apart.
         *
         * @param tenantId tenant id or domain name; default: {@code AZURE_TENANT_ID}, else each user's own
         * @return this
         */
        public Builder tenantId(String tenantId) {
            settings.tenantId = Objects.requireNonNull(tenantId);
            return this;
        }

        /**
         * Sets the application whose accounts are used.
         *
         * @param clientId client (application) id; default: {@code AZURE_CLIENT_ID}, else the one of developers' tools
         * @return this
         */
        public Builder clientId(String clientId) {
            settings.clientId = Objects.requireNonNull(clientId);
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
         * @param tenants tenant ids, or {@code *}; default: {@code AZURE_ADDITIONALLY_ALLOWED_TENANTS}, and any where no
         *     tenant is set
         * @return this
         */
        public Builder additionallyAllowedTenants(List<String> tenants) {
            settings.additionallyAllowedTenants = List.copyOf(tenants);
            return this;
        }

        /**
         * Sets the cache.
         *
         * @param options its name, and whether it may be unencrypted; default: {@code msal.cache}, encrypted
         * @return this
         */
        public Builder tokenCachePersistenceOptions(TokenCachePersistenceOptions options) {
            this.cache = Objects.requireNonNull(options);
            return this;
        }

        /**
         * Sets everything ambient. Its setting {@code username} stands for {@link #username}.
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
         * @throws IllegalArgumentException if a setting or variable is malformed
         * @throws IllegalStateException if nothing is installed that keeps token caches
         */
        public SharedTokenCacheCredential build() {
            ProviderContext context = settings.context();
            Environment environment = context.environment();
            settings.otherwiseTenant = environment.get("AZURE_TENANT_ID").orElse(UserSettingsBuilder.COMMON);
            settings.otherwiseClient = environment.get("AZURE_CLIENT_ID").orElse(UserClient.DEVELOPER_SIGN_ON);
            settings.persistence = cache;
            UserApplication application = settings.application(NAME, context);
            String user = UserSettingsBuilder.first(
                    "",
                    username,
                    context.setting("username").orElse(null),
                    environment.get("AZURE_USERNAME").orElse(null));
            CachedAccount account =
                    new CachedAccount(application.client(), cache.name(), user, settings.tenantId(context));
            return new SharedTokenCacheCredential(
                    application.tokens(account),
                    application.tokens(account.inChain()).inChain());
        }
    }
}
