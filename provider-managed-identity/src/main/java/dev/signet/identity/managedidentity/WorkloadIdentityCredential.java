// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.EntraTokens;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.Explainable;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.Readiness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a Kubernetes pod: the token that the cluster writes into a file is exchanged for one of Entra. The
 * file is read before each network request, since the cluster renews it. Tokens are kept until they should be
 * renewed. Thread-safe.
 *
 * @see <a href="https://azure.github.io/azure-workload-identity/docs/">Workload identity</a>
 * @since 0.1.0
 */
public final class WorkloadIdentityCredential implements TokenCredential, ChainMember, Explainable {
    static final String NAME = "WorkloadIdentityCredential";

    private final Path tokenFile;
    private final EntraTokens tokens;

    WorkloadIdentityCredential(Path tokenFile, EntraTokens tokens) {
        this.tokenFile = tokenFile;
        this.tokens = tokens;
    }

    /**
     * The identity that the pod's environment variables describe.
     *
     * @return a new credential
     * @throws IllegalStateException if a variable is missing; the message names each
     * @throws IllegalArgumentException if a variable is malformed
     */
    public static WorkloadIdentityCredential create() {
        return builder().build();
    }

    /**
     * Starts a credential.
     *
     * @return a builder with defaults from the environment
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a token from memory, else from Entra.
     *
     * @param request scopes, and a tenant if the credential may serve others
     * @return a token
     * @throws dev.signet.identity.ClientAuthenticationException if the token file cannot be read, the tenant is not
     *     allowed, or Entra refused or did not answer
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
        return new WorkloadIdentityCredential(tokenFile, tokens.inChain());
    }

    @Override
    public Readiness explain() {
        return Files.isReadable(tokenFile)
                ? new Readiness(Readiness.Status.CONFIGURED, "token file " + tokenFile, "")
                : new Readiness(
                        Readiness.Status.MISCONFIGURED,
                        "the token file " + tokenFile + " cannot be read",
                        "Check the pod's token volume and who may read it.");
    }

    @Override
    public String toString() {
        return NAME;
    }

    /** Collects the settings of a credential. Settings made here win over the context's, those over variables. */
    public static final class Builder {
        @Nullable
        String tenantId;

        @Nullable
        String clientId;

        @Nullable
        Path tokenFilePath;

        @Nullable
        String authorityHost;

        @Nullable
        List<String> additionallyAllowedTenants;

        boolean tokenProxyEnabled;

        @Nullable
        ProviderContext context;

        private Builder() {}

        /**
         * Sets the tenant.
         *
         * @param tenantId tenant id or domain name; default: {@code AZURE_TENANT_ID}
         * @return this
         */
        public Builder tenantId(String tenantId) {
            this.tenantId = Objects.requireNonNull(tenantId);
            return this;
        }

        /**
         * Sets the application or user-assigned identity.
         *
         * @param clientId client (application) id; default: {@code AZURE_CLIENT_ID}
         * @return this
         */
        public Builder clientId(String clientId) {
            this.clientId = Objects.requireNonNull(clientId);
            return this;
        }

        /**
         * Sets the file with the pod's token. Whether it exists is seen when a token is needed.
         *
         * @param tokenFilePath default: {@code AZURE_FEDERATED_TOKEN_FILE}
         * @return this
         */
        public Builder tokenFilePath(Path tokenFilePath) {
            this.tokenFilePath = Objects.requireNonNull(tokenFilePath);
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
         * Sends token requests to the cluster's token proxy, if its variables are set (identity bindings of Azure
         * Kubernetes Service).
         *
         * @return this
         */
        public Builder enableAzureTokenProxy() {
            this.tokenProxyEnabled = true;
            return this;
        }

        /**
         * Sets everything ambient. Its setting {@code tokenFilePath} stands for {@link #tokenFilePath}.
         *
         * @param context default: the JVM's environment, clock and transport
         * @return this
         */
        public Builder context(ProviderContext context) {
            this.context = Objects.requireNonNull(context);
            return this;
        }

        /**
         * The variables that are neither set nor replaced by a setting in code.
         *
         * @return their names; empty if {@link #build} finds all that it needs
         */
        public List<String> missing() {
            return new WorkloadIdentitySettings(this).missing();
        }

        /**
         * Makes the credential. Reads the certificates of the token proxy where one is used, nothing else. The
         * builder may be used again.
         *
         * @return a new credential
         * @throws IllegalStateException if a setting is missing; the message names each
         * @throws IllegalArgumentException if a setting or variable is malformed
         */
        public WorkloadIdentityCredential build() {
            return new WorkloadIdentitySettings(this).credential();
        }
    }
}
