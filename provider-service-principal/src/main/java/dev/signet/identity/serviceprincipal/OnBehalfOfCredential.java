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
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A web API that calls another one on behalf of the user who called it: the user's token is exchanged for one for the
 * other API. Build it once and take {@link #withUserAssertion} for each call; tokens of a user are kept under the hash of
 * the user's assertion, never seen by another user, and the least recently seen users make room. Thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow">The on-behalf-of flow</a>
 * @since 0.1.0
 */
public final class OnBehalfOfCredential implements TokenCredential, ChainMember {
    static final String NAME = "OnBehalfOfCredential";

    private final UserTokens users;
    private final EntraTokens tokens;

    private OnBehalfOfCredential(UserTokens users, EntraTokens tokens) {
        this.users = users;
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
     * The same application on behalf of another user. Tokens that were had for the same assertion are known to it.
     *
     * @param userAssertion the access token with which the user called this API
     * @return a credential
     * @throws IllegalArgumentException if the assertion is blank
     */
    public OnBehalfOfCredential withUserAssertion(String userAssertion) {
        if (userAssertion.isBlank()) {
            throw new IllegalArgumentException(NAME + ": userAssertion must not be blank; pass on the access token with"
                    + " which the user called");
        }
        return new OnBehalfOfCredential(users, users.of(Secret.of(userAssertion)));
    }

    /**
     * Returns a token of the user for another API, from memory, else from Entra.
     *
     * @param request scopes of the other API, and a tenant if the credential may serve others
     * @return a token
     * @throws dev.signet.identity.AuthenticationRequiredException if the user must act first, for example with a second
     *     factor; {@link ClaimsChallenge} tells the user's client so
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

    /** Forgets the tokens of all users of this application. */
    public void clearCache() {
        users.clear();
        tokens.clear();
    }

    /**
     * The form for a chain, which logs at lower levels.
     *
     * @return a credential with a cache of its own, which all such forms share
     */
    @Override
    public TokenCredential asChainMember() {
        return new OnBehalfOfCredential(users, tokens.inChain());
    }

    @Override
    public String toString() {
        return NAME;
    }

    /** Collects the settings of a credential. Not thread-safe. */
    public static final class Builder {
        private final ApplicationBuilder settings = new ApplicationBuilder();
        private @Nullable Secret userAssertion;
        private @Nullable Secret secret;
        private @Nullable Supplier<String> secretSupplier;
        private @Nullable ClientCertificate certificate;
        private @Nullable Function<AssertionRequest, String> assertions;

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
         * Sets the user's assertion.
         *
         * @param userAssertion the access token with which the user called this API; not looked into
         * @return this
         */
        public Builder userAssertion(String userAssertion) {
            this.userAssertion = userAssertion.isBlank() ? null : Secret.of(userAssertion);
            return this;
        }

        /**
         * Has the application prove itself by a secret.
         *
         * @param clientSecret the value of the secret, not its id
         * @return this
         */
        public Builder clientSecret(String clientSecret) {
            this.secret = clientSecret.isBlank() ? null : Secret.of(clientSecret);
            return this;
        }

        /**
         * Has the application prove itself by a secret that can change.
         *
         * @param supplier asked before each request to Entra; thread-safe
         * @return this
         */
        public Builder clientSecretSupplier(Supplier<String> supplier) {
            this.secretSupplier = Objects.requireNonNull(supplier);
            return this;
        }

        /**
         * Has the application prove itself by a certificate.
         *
         * @param certificate from a file, from bytes, or a key of the JVM
         * @return this
         */
        public Builder certificate(ClientCertificate certificate) {
            this.certificate = Objects.requireNonNull(certificate);
            return this;
        }

        /**
         * Has the application prove itself by an assertion that somebody else signs.
         *
         * @param function gives a signed JSON Web Token before each request to Entra; thread-safe
         * @return this
         */
        public Builder clientAssertionFor(Function<AssertionRequest, String> function) {
            this.assertions = Objects.requireNonNull(function);
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
         * @throws IllegalArgumentException if a setting is missing, blank or malformed, or the application shall prove
         *     itself in several ways
         */
        public OnBehalfOfCredential build() {
            ProviderContext context = settings.context();
            MissingSettings missing = settings.missing(NAME, context);
            missing.require("userAssertion", "", userAssertion);
            int ways = (secret == null ? 0 : 1)
                    + (secretSupplier == null ? 0 : 1)
                    + (certificate == null ? 0 : 1)
                    + (assertions == null ? 0 : 1);
            if (ways == 0) {
                missing.require("clientSecret, certificate or clientAssertionFor", "", null);
            }
            missing.throwIfAny();
            if (ways > 1) {
                throw new IllegalArgumentException(
                        NAME + ": only one of clientSecret, clientSecretSupplier, certificate"
                                + " and clientAssertionFor can be set; keep the one that the application is registered with");
            }
            UserTokens users = new UserTokens(settings, context, proofs(context));
            return new OnBehalfOfCredential(users, users.of(Objects.requireNonNull(userAssertion)));
        }

        private ClientProofSource proofs(ProviderContext context) {
            if (secret != null) {
                return new FixedSecret(secret);
            }
            if (secretSupplier != null) {
                return new SuppliedSecret(NAME, secretSupplier);
            }
            return certificate != null
                    ? new CertificateProofs(NAME, certificate, context.clock())
                    : new SuppliedAssertions(NAME, Objects.requireNonNull(assertions));
        }
    }
}
