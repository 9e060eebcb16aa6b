// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.Explainable;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * The identity that is signed in to Azure PowerShell, the module {@code Az.Accounts} from version 2.2.0 on. The tool is
 * asked for each token, since somebody else may have signed in meanwhile; callers with equal requests share one run.
 * Thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/powershell/azure/authenticate-azureps">Azure PowerShell</a>
 * @since 0.1.0
 */
public final class AzurePowerShellCredential implements TokenCredential, ChainMember, Explainable {
    private final ToolTokens tokens;

    private AzurePowerShellCredential(ToolTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * The identity of whoever is signed in.
     *
     * @return a new credential
     */
    public static AzurePowerShellCredential create() {
        return builder().build();
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
     * Returns a token of the tool.
     *
     * @param request one scope, and a tenant if the credential may serve others
     * @return a token
     * @throws dev.signet.identity.CredentialUnavailableException if the tool is not here, does not answer, or nobody is
     *     signed in to it; {@link dev.signet.identity.AuthenticationRequiredException} if claims demand a new sign-in
     * @throws dev.signet.identity.ClientAuthenticationException if the tool failed, Entra refused, or the tenant is not
     *     allowed
     * @throws IllegalArgumentException if the request has several scopes, or its scope cannot be an argument
     */
    @Override
    public AccessToken getToken(TokenRequestContext request) {
        return tokens.get(request);
    }

    @Override
    public CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
        return tokens.getAsync(request);
    }

    /**
     * The form for a chain, which logs at lower levels.
     *
     * @return a new credential that waits for the same tool
     */
    @Override
    public TokenCredential asChainMember() {
        return new AzurePowerShellCredential(tokens.inChain());
    }

    @Override
    public Readiness explain() {
        return tokens.explain();
    }

    @Override
    public String toString() {
        return AzurePowerShell.NAME;
    }

    /** Collects the settings of a credential. Settings made here win over the context's. */
    public static final class Builder {
        private final ToolSettingsBuilder settings = new ToolSettingsBuilder();

        private Builder() {}

        /**
         * Sets the tenant.
         *
         * @param tenantId tenant id or domain name; default: the tool's own
         * @return this
         */
        public Builder tenantId(String tenantId) {
            settings.tenantId = Objects.requireNonNull(tenantId);
            return this;
        }

        /**
         * Sets further tenants for which tokens may be had, where {@link #tenantId} is set.
         *
         * @param tenants tenant ids, or {@code *}; default: {@code AZURE_ADDITIONALLY_ALLOWED_TENANTS}
         * @return this
         */
        public Builder additionallyAllowedTenants(List<String> tenants) {
            settings.additionallyAllowedTenants = List.copyOf(tenants);
            return this;
        }

        /**
         * Sets how long the tool may take, the wait for other runs of this credential included.
         *
         * @param timeout a positive time; default: the context's, which is 10 s unless set
         * @return this
         * @throws IllegalArgumentException if it is zero or negative
         */
        public Builder processTimeout(Duration timeout) {
            settings.processTimeout = ToolSettingsBuilder.positive("processTimeout", timeout);
            return this;
        }

        /**
         * Keeps tokens for a while. They are forgotten at once when the tool's files say that somebody else signed in.
         *
         * @param atMost a positive time; default: tokens are not kept
         * @return this
         * @throws IllegalArgumentException if it is zero or negative
         */
        public Builder cacheFor(Duration atMost) {
            settings.cacheFor = ToolSettingsBuilder.positive("cacheFor", atMost);
            return this;
        }

        /**
         * Sets everything ambient. Its setting {@code cacheFor}, as ISO-8601, stands for
         * the methods of that name.
         *
         * @param context default: the JVM's environment and clock
         * @return this
         */
        public Builder context(ProviderContext context) {
            settings.context = Objects.requireNonNull(context);
            return this;
        }

        /** Where programs are looked for and run, for tests. */
        Builder programs(Programs programs) {
            settings.programs = programs;
            return this;
        }

        /**
         * Makes the credential. The builder may be used again.
         *
         * @return a new credential
         * @throws IllegalArgumentException if a setting is malformed
         */
        public AzurePowerShellCredential build() {
            ToolSettings made = new ToolSettings(settings);
            return new AzurePowerShellCredential(ToolTokens.of(new AzurePowerShell(made), made));
        }
    }
}
