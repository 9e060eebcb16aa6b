// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.AccessToken;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.EntraTokens;
import dev.signet.identity.core.StandardContext;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.Explainable;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.Readiness;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The application that environment variables describe. {@code AZURE_TENANT_ID} and {@code AZURE_CLIENT_ID} with
 * {@code AZURE_CLIENT_SECRET}, else with {@code AZURE_CLIENT_CERTIFICATE_PATH} (and
 * {@code AZURE_CLIENT_CERTIFICATE_PASSWORD}, {@code AZURE_CLIENT_SEND_CERTIFICATE_CHAIN}); else {@code AZURE_CLIENT_ID} with
 * {@code AZURE_USERNAME} and {@code AZURE_PASSWORD}, which needs {@code identity-msal} and works for no user with a second
 * factor. A blank variable counts as not set. The variables are read once. Without a complete set every call fails as unavailable and names what is missing.
 * Tokens are kept until they should be renewed. Thread-safe.
 *
 * @since 0.1.0
 */
public final class EnvironmentCredential implements TokenCredential, ChainMember, Explainable {
    static final String NAME = "EnvironmentCredential";

    private final EnvironmentSettings settings;
    private final @Nullable EntraTokens tokens;
    private final boolean chained;

    private EnvironmentCredential(EnvironmentSettings settings, @Nullable EntraTokens tokens, boolean chained) {
        this.settings = settings;
        this.tokens = tokens;
        this.chained = chained;
    }

    /**
     * The application in the JVM's environment.
     *
     * @return a new credential
     * @throws IllegalArgumentException if a variable is malformed
     */
    public static EnvironmentCredential create() {
        return create(StandardContext.create());
    }

    /**
     * The application in a context's environment. Tenant and client id given in the context win over the variables.
     *
     * @param context environment, clock and transport
     * @return a new credential
     * @throws IllegalArgumentException if a variable is malformed
     */
    public static EnvironmentCredential create(ProviderContext context) {
        EnvironmentSettings settings = new EnvironmentSettings(context);
        return new EnvironmentCredential(settings, settings.tokens(), false);
    }

    /**
     * Returns a token of the application from memory, else from Entra.
     *
     * @param request scopes, and a tenant if the credential may serve others
     * @return a token
     * @throws CredentialUnavailableException if the variables describe no application
     * @throws dev.signet.identity.ClientAuthenticationException if the certificate cannot be used, the tenant is not
     *     allowed, or Entra refused or did not answer
     */
    @Override
    public AccessToken getToken(TokenRequestContext request) {
        settings.tellOnce(chained);
        if (tokens == null) {
            throw settings.unavailable();
        }
        return tokens.get(request);
    }

    @Override
    public CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
        settings.tellOnce(chained);
        return tokens == null ? CompletableFuture.failedFuture(settings.unavailable()) : tokens.getAsync(request);
    }

    /** Forgets all tokens, for example after the application was given other roles. */
    public void clearCache() {
        if (tokens != null) {
            tokens.clear();
        }
    }

    /**
     * The form for a chain, which logs at lower levels.
     *
     * @return a credential with a cache of its own, which all such forms share
     */
    @Override
    public TokenCredential asChainMember() {
        return new EnvironmentCredential(settings, tokens == null ? null : tokens.inChain(), true);
    }

    @Override
    public Readiness explain() {
        return settings.readiness();
    }

    @Override
    public String toString() {
        return NAME;
    }
}
