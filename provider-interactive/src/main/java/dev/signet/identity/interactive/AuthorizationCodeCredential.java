// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.AccessToken;
import dev.signet.identity.Secret;
import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.EntraTokens;
import dev.signet.identity.msal.AuthorizationCode;
import dev.signet.identity.msal.UserClient;
import dev.signet.identity.msal.UserLogin;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.ProviderContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A user of a web application, by the code that the sign-in page sent there. The code is redeemed once, at the first
 * request; further tokens are had by refresh token. When that is not enough any more, the user must sign in again and a
 * new credential is needed. Thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow">The authorization code
 *     flow</a>
 * @since 0.1.0
 */
public final class AuthorizationCodeCredential implements TokenCredential, ChainMember {
    static final String NAME = "AuthorizationCodeCredential";

    private final EntraTokens tokens;

    private AuthorizationCodeCredential(EntraTokens tokens) {
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
     * Returns a token of the user, from memory, else by the code, else by what the code gave.
     *
     * @param request scopes, for which the user was asked when the code was made; a tenant if the credential may serve
     *     others
     * @return a token
     * @throws dev.signet.identity.AuthenticationRequiredException if the user must sign in again
     * @throws dev.signet.identity.ClientAuthenticationException if the tenant is not allowed, or Entra refused or did not
     *     answer
     */
    @Override
    public AccessToken getToken(TokenRequestContext request) {
        return tokens.get(request);
    }

    @Override
    public CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
        return tokens.getAsync(request);
    }

    /** Forgets all tokens; what the code gave is still known. */
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
        return new AuthorizationCodeCredential(tokens.inChain());
    }

    @Override
    public String toString() {
        return NAME;
    }

    /** Collects the settings of a credential. Not thread-safe. */
    public static final class Builder {
        private final UserSettingsBuilder settings = new UserSettingsBuilder();
        private @Nullable Secret code;
        private @Nullable Secret verifier;
        private @Nullable URI redirectUri;

        private Builder() {}

        /**
         * Sets the code.
         *
         * @param authorizationCode the parameter {@code code} of the request that the browser brought
         * @return this
         */
        public Builder authorizationCode(String authorizationCode) {
            this.code = authorizationCode.isBlank() ? null : Secret.of(authorizationCode);
            return this;
        }

        /**
         * Sets where the browser brought the code.
         *
         * @param redirectUri as it was in the address of the sign-in page
         * @return this
         */
        public Builder redirectUri(URI redirectUri) {
            this.redirectUri = Objects.requireNonNull(redirectUri);
            return this;
        }

        /**
         * Sets the verifier of the code challenge (RFC 7636).
         *
         * @param codeVerifier the text whose hash was in the address of the sign-in page; default: there was none
         * @return this
         */
        public Builder codeVerifier(String codeVerifier) {
            this.verifier = codeVerifier.isBlank() ? null : Secret.of(codeVerifier);
            return this;
        }

        /**
         * Sets the application that the user signed in to.
         *
         * @param clientId client (application) id; default: the one in the context
         * @return this
         */
        public Builder clientId(String clientId) {
            settings.clientId = Objects.requireNonNull(clientId);
            return this;
        }

        /**
         * Sets the application's secret.
         *
         * @param clientSecret the value of the secret, not its id; default: none, for mobile and desktop applications
         * @return this
         */
        public Builder clientSecret(String clientSecret) {
            settings.clientSecret = clientSecret.isBlank() ? null : Secret.of(clientSecret);
            return this;
        }

        /**
         * Sets the tenant that the user signed in to.
         *
         * @param tenantId tenant id or domain name; default: any organization's
         * @return this
         */
        public Builder tenantId(String tenantId) {
            settings.tenantId = Objects.requireNonNull(tenantId);
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
         * Keeps the sign-in on disk, which needs {@code dev.signet:token-cache-persistence}.
         *
         * @param options where and how; default: in memory only
         * @return this
         */
        public Builder tokenCachePersistenceOptions(TokenCachePersistenceOptions options) {
            settings.persistence = Objects.requireNonNull(options);
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
         * Makes the credential, without I/O. The builder may be used again, with another code.
         *
         * @return a new credential
         * @throws IllegalArgumentException if a setting is missing, blank or malformed
         * @throws IllegalStateException if the sign-in shall be kept on disk and nothing is installed that does it
         */
        public AuthorizationCodeCredential build() {
            ProviderContext context = settings.context();
            List<String> missing = new ArrayList<>();
            boolean named = settings.clientId != null && !settings.clientId.isBlank();
            if (!named && context.clientId().isEmpty()) {
                missing.add("clientId");
            }
            if (code == null) {
                missing.add("authorizationCode");
            }
            if (redirectUri == null) {
                missing.add("redirectUri");
            }
            if (code == null || redirectUri == null || !missing.isEmpty()) {
                throw new IllegalArgumentException(NAME + ": " + String.join(", ", missing)
                        + " not set; give what the sign-in page was asked with and what it sent");
            }
            AuthorizationCode toRedeem = AuthorizationCode.of(code, redirectUri);
            UserApplication application = settings.application(NAME, context);
            UserClient client = application.client();
            CodeSignIn signIn = new CodeSignIn(client, verifier == null ? toRedeem : toRedeem.withVerifier(verifier));
            return new AuthorizationCodeCredential(application.tokens(UserLogin.of(client, signIn)));
        }
    }
}
