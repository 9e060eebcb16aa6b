// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.StandardContext;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.Explainable;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The identity that Azure gave to a host: virtual machines, App Service, Functions, Container Apps, Kubernetes with
 * workload identity, Service Fabric, Azure Machine Learning, Cloud Shell, and machines with Azure Arc. Which of them
 * this host is shows in its environment variables; without any it is asked as a virtual machine. A request names one
 * scope, and its tenant is not looked at. Tokens are kept until they should be renewed. Thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview">Managed
 *     identities</a>
 * @since 0.1.0
 */
public final class ManagedIdentityCredential implements TokenCredential, ChainMember, Explainable {
    private final HostedTokens tokens;
    private final AtomicReference<@Nullable ManagedIdentityCredential> chainForm = new AtomicReference<>();

    private ManagedIdentityCredential(HostedTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * The host's own identity.
     *
     * @return a new credential
     */
    public static ManagedIdentityCredential create() {
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
     * Returns a token from memory, else from the host's endpoint.
     *
     * @param request one scope; its tenant is not looked at
     * @return a token
     * @throws dev.signet.identity.CredentialUnavailableException if this host has no such endpoint, or its endpoint
     *     cannot give tokens of the identity
     * @throws dev.signet.identity.ClientAuthenticationException if the endpoint refused or did not answer
     * @throws IllegalArgumentException if the request has several scopes
     */
    @Override
    public AccessToken getToken(TokenRequestContext request) {
        return tokens.get(request);
    }

    @Override
    public CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
        return tokens.getAsync(request);
    }

    /** Forgets all tokens, for example after the identity was given other roles. */
    public void clearCache() {
        tokens.clear();
        ManagedIdentityCredential other = chainForm.get();
        if (other != null) {
            other.clearCache();
        }
    }

    /**
     * The form for a chain. Before it asks IMDS for a token it makes sure within a second that IMDS is there, unless
     * {@code AZURE_TOKEN_CREDENTIALS} selects this credential alone.
     *
     * @return a credential with a cache of its own; the same one each time
     */
    @Override
    public TokenCredential asChainMember() {
        return chainForm();
    }

    /** The form for a chain under its own type. */
    ManagedIdentityCredential chainForm() {
        ManagedIdentityCredential known = chainForm.get();
        if (known != null) {
            return known;
        }
        ManagedIdentityCredential made = new ManagedIdentityCredential(tokens.inChain());
        ManagedIdentityCredential raced = chainForm.compareAndExchange(null, made);
        return raced == null ? made : raced;
    }

    @Override
    public Readiness explain() {
        return tokens.explain();
    }

    @Override
    public String toString() {
        return "ManagedIdentityCredential";
    }

    /** Collects the settings of a credential. Not thread-safe. */
    public static final class Builder {
        boolean clientIdFromEnvironment;
        Duration probeTimeout = HostSettings.DEFAULT_PROBE_TIMEOUT;
        Duration retryBudget = HostSettings.DEFAULT_RETRY_BUDGET;
        List<String> clientCapabilities = List.of();
        private @Nullable String clientId;
        private @Nullable String objectId;
        private @Nullable String resourceId;
        private @Nullable ProviderContext context;

        private Builder() {}

        /**
         * Chooses a user-assigned identity by its client (application) id.
         *
         * @param clientId the id; default: the one in the context, else the host's own identity
         * @return this
         */
        public Builder clientId(String clientId) {
            this.clientId = Objects.requireNonNull(clientId);
            return this;
        }

        /**
         * Chooses a user-assigned identity by its object (principal) id.
         *
         * @param objectId the id
         * @return this
         */
        public Builder objectId(String objectId) {
            this.objectId = Objects.requireNonNull(objectId);
            return this;
        }

        /**
         * Chooses a user-assigned identity by its Azure resource id.
         *
         * @param resourceId the id, which starts with {@code /subscriptions/}
         * @return this
         */
        public Builder resourceId(String resourceId) {
            this.resourceId = Objects.requireNonNull(resourceId);
            return this;
        }

        /**
         * Chooses the user-assigned identity whose client id is in {@code AZURE_CLIENT_ID}, if it is set and no
         * identity is chosen in code; so does {@code DefaultAzureCredential}.
         *
         * @return this
         */
        public Builder clientIdFromEnvironment() {
            this.clientIdFromEnvironment = true;
            return this;
        }

        /**
         * Sets how long a chain waits to learn whether IMDS is there.
         *
         * @param timeout a positive time; default: 1 s
         * @return this
         * @throws IllegalArgumentException if it is zero or negative
         */
        public Builder probeTimeout(Duration timeout) {
            this.probeTimeout = positive("probeTimeout", timeout);
            return this;
        }

        /**
         * Sets how long one token may take at its source, retries and waits included.
         *
         * @param budget a positive time; default: 100 s
         * @return this
         * @throws IllegalArgumentException if it is zero or negative
         */
        public Builder retryBudget(Duration budget) {
            this.retryBudget = positive("retryBudget", budget);
            return this;
        }

        /**
         * Declares what the application can handle, for example {@code cp1} for claims challenges. Only Service
         * Fabric is told.
         *
         * @param capabilities their names; default: none
         * @return this
         */
        public Builder clientCapabilities(List<String> capabilities) {
            this.clientCapabilities = List.copyOf(capabilities);
            return this;
        }

        /**
         * Sets everything ambient. Its client id or managed identity is used unless one is set here; its setting
         * {@code imdsEndpoint} replaces scheme and host of IMDS, and {@code arcKeyDirectory} the directory of Azure
         * Arc's keys, for emulators.
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
         * @throws IllegalStateException if the identity is chosen in several ways
         * @throws IllegalArgumentException if its id is blank
         */
        public ManagedIdentityCredential build() {
            ProviderContext ambient = context == null ? StandardContext.create() : context;
            return new ManagedIdentityCredential(
                    new HostedTokens(new HostSettings(this, ambient, identity(ambient)), FileCheck.FILE_SYSTEM));
        }

        private @Nullable ManagedIdentityId identity(ProviderContext ambient) {
            int given = (clientId == null ? 0 : 1) + (objectId == null ? 0 : 1) + (resourceId == null ? 0 : 1);
            if (given > 1) {
                throw new IllegalStateException("ManagedIdentityCredential: only one of clientId, objectId and"
                        + " resourceId can choose the identity; keep the one you have at hand");
            }
            if (clientId != null) {
                return ManagedIdentityId.clientId(clientId);
            }
            if (objectId != null) {
                return ManagedIdentityId.objectId(objectId);
            }
            if (resourceId != null) {
                return ManagedIdentityId.resourceId(resourceId);
            }
            return ambient.clientId().isPresent()
                    ? ManagedIdentityId.clientId(ambient.clientId().get())
                    : ambient.managedIdentityId().orElse(null);
        }

        private static Duration positive(String setting, Duration time) {
            if (time.isZero() || time.isNegative()) {
                throw new IllegalArgumentException(setting + " must be positive");
            }
            return time;
        }
    }
}
