// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.AccessToken;
import dev.signet.identity.Secret;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.EntraTokens;
import dev.signet.identity.msal.UserPasswordLogin;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.ProviderContext;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A user whose password the program knows (RFC 6749 section 4.3). Thread-safe.
 *
 * @deprecated It works for no user with a second factor, which Microsoft demands for Azure; and a program that knows a
 *     password is a risk for all that the user may do. Use {@link InteractiveBrowserCredential} or
 *     {@link DeviceCodeCredential}; for programs without a user, a service principal.
 * @see <a href="https://learn.microsoft.com/entra/identity/authentication/concept-mandatory-multifactor-authentication">
 *     Mandatory multifactor authentication</a>
 * @since 0.1.0
 */
@Deprecated(since = "0.1.0")
public final class UsernamePasswordCredential implements TokenCredential, ChainMember {
    static final String NAME = "UsernamePasswordCredential";

    private final EntraTokens tokens;

    private UsernamePasswordCredential(EntraTokens tokens) {
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
     * Returns a token of the user, from memory, else by refresh token, else by password.
     *
     * @param request scopes, and a tenant if the credential may serve others
     * @return a token
     * @throws dev.signet.identity.ClientAuthenticationException if the tenant is not allowed, or Entra refused, for
     *     example because it wants a second factor, or did not answer
     */
    @Override
    public AccessToken getToken(TokenRequestContext request) {
        return tokens.get(request);
    }

    @Override
    public CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
        return tokens.getAsync(request);
    }

    /** Forgets all tokens; who signed in is still known. */
    public void clearCache() {
        tokens.clear();
    }

    /**
     * The form for a chain, which logs at lower levels.
     *
     * @return a credential of the same user, with a cache of its own
     */
    @Override
    public TokenCredential asChainMember() {
        return new UsernamePasswordCredential(tokens.inChain());
    }

    @Override
    public String toString() {
        return NAME;
    }

    /** Collects the settings of a credential. Not thread-safe. */
    public static final class Builder {
        private final UserSettingsBuilder settings = new UserSettingsBuilder();
        private @Nullable String username;
        private @Nullable Secret password;

        private Builder() {}

        /**
         * Sets the user.
         *
         * @param username for example {@code user@contoso.com}
         * @return this
         */
        public Builder username(String username) {
            this.username = Objects.requireNonNull(username);
            return this;
        }

        /**
         * Sets the password.
         *
         * @param password the user's
         * @return this
         */
        public Builder password(String password) {
            this.password = password.isBlank() ? null : Secret.of(password);
            return this;
        }

        /**
         * Sets the tenant.
         *
         * @param tenantId tenant id or domain name; default: any organization's
         * @return this
         */
        public Builder tenantId(String tenantId) {
            settings.tenantId = Objects.requireNonNull(tenantId);
            return this;
        }

        /**
         * Sets the application. It must allow public client flows.
         *
         * @param clientId client (application) id; default: the one of developers' tools
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
        public UsernamePasswordCredential build() {
            if (username == null || username.isBlank() || password == null) {
                throw new IllegalArgumentException(NAME + ": username and password must be set");
            }
            UserApplication application = settings.application(NAME, settings.context());
            return new UsernamePasswordCredential(
                    application.tokens(new UserPasswordLogin(application.client(), username, password)));
        }
    }
}
