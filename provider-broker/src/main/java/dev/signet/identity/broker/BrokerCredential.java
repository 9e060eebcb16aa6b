// SPDX-License-Identifier: MIT
package dev.signet.identity.broker;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.broker.internal.brokers.Broker;
import dev.signet.identity.broker.internal.brokers.BrokerUser;
import dev.signet.identity.broker.internal.brokers.Brokers;
import dev.signet.identity.core.AuthorityHost;
import dev.signet.identity.core.EntraTokens;
import dev.signet.identity.core.StandardContext;
import dev.signet.identity.core.TenantPolicy;
import dev.signet.identity.core.TokenCache;
import dev.signet.identity.msal.AuthenticationRecord;
import dev.signet.identity.msal.UserClient;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.Explainable;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user who is signed in to the machine, through the broker of the operating system: the Web Account Manager of
 * Windows or the identity broker of Linux. Silent while the broker can be, then by the broker's dialog; inside a chain it
 * never asks. Where there is no broker, it says so. Tokens are kept until they should be renewed. Thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/entra/msal/java/advanced/brokers">Brokers</a>
 * @since 0.1.0
 */
public final class BrokerCredential implements TokenCredential, ChainMember, Explainable {
    static final String NAME = "BrokerCredential";
    static final Logger LOG = LoggerFactory.getLogger(BrokerCredential.class.getPackageName());

    private final ProviderContext context;
    private final TenantPolicy tenants;
    private final BrokerLogin login;
    private final EntraTokens tokens;
    private final AtomicReference<@Nullable BrokerCredential> chained = new AtomicReference<>();

    private BrokerCredential(ProviderContext context, TenantPolicy tenants, BrokerLogin login, EntraTokens tokens) {
        this.context = context;
        this.tenants = tenants;
        this.login = login;
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
     * Returns a token from memory, else from the broker, which asks the user where it must.
     *
     * @param request scopes, and a tenant if the credential may serve others
     * @return a token
     * @throws dev.signet.identity.AuthenticationRequiredException if the user must act and prompts are off
     * @throws dev.signet.identity.CredentialUnavailableException if there is no broker, or nobody is signed in to it
     * @throws dev.signet.identity.ClientAuthenticationException if the broker refused or did not answer, or the user
     *     cancelled
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
     * Returns a token that is good for one HTTP request only. It is never taken from memory.
     *
     * @param request scopes, and a tenant if the credential may serve others
     * @param proof the HTTP request
     * @return a token whose type is {@code pop}
     * @throws dev.signet.identity.ClientAuthenticationException as {@link #getToken}
     */
    public AccessToken getProofOfPossessionToken(TokenRequestContext request, ProofOfPossession proof) {
        return login.bound(tenants.resolve(request), proof);
    }

    /**
     * Has the user sign in now, whoever was signed in before.
     *
     * @param request what to ask for; of an {@link dev.signet.identity.AuthenticationRequiredException}, its request
     * @return who signed in
     * @throws dev.signet.identity.ClientAuthenticationException if nobody did
     */
    public AuthenticationRecord authenticate(TokenRequestContext request) {
        return login.authenticate(tenants.resolve(request));
    }

    /**
     * The version of the broker, for reports.
     *
     * @return empty on Windows, whose broker has none
     * @throws dev.signet.identity.CredentialUnavailableException if there is no broker
     */
    public Optional<String> brokerVersion() {
        return login.broker().version();
    }

    /**
     * Forgets all tokens, those in chains too, for example after the user was given other roles. The broker keeps its
     * own.
     */
    public void clearCache() {
        tokens.clear();
        BrokerCredential other = chained.get();
        if (other != null) {
            other.clearCache();
        }
    }

    /**
     * The form for a chain, which never asks the user and logs at lower levels.
     *
     * @return a credential with a cache of its own; the same one each time
     */
    @Override
    public TokenCredential asChainMember() {
        BrokerCredential known = chained.get();
        if (known != null) {
            return known;
        }
        BrokerLogin silent = login.withoutPrompts(); // so its tokens are of another source than ours
        TokenCache cache = TokenCache.of(NAME, context, silent, LOG).inChain();
        BrokerCredential made = new BrokerCredential(context, tenants, silent, new EntraTokens(tenants, cache));
        BrokerCredential raced = chained.compareAndExchange(null, made);
        return raced == null ? made : raced;
    }

    @Override
    public Readiness explain() {
        return login.broker().explain();
    }

    @Override
    public String toString() {
        return NAME;
    }

    /** Collects the settings of a credential. Not thread-safe. */
    public static final class Builder {
        private @Nullable String tenantId;
        private String clientId = "";
        private @Nullable String authorityHost;
        private @Nullable List<String> additionallyAllowedTenants;
        private BrokerUser user = BrokerUser.DEFAULT;
        private LongSupplier parentWindow = () -> 0L;
        private Duration timeout = Brokers.DEFAULT_TIMEOUT;
        private boolean prompts = true;
        private boolean consumers;
        private @Nullable ProviderContext context;
        private @Nullable Broker broker;

        private Builder() {}

        /**
         * Sets the tenant.
         *
         * @param tenantId tenant id or domain name; default: {@code AZURE_TENANT_ID}, else the user's own
         * @return this
         */
        public Builder tenantId(String tenantId) {
            this.tenantId = Objects.requireNonNull(tenantId);
            return this;
        }

        /**
         * Sets the application that the user signs in to. The broker's redirect address must be registered with it.
         *
         * @param clientId client (application) id; default: the one of Azure's developer tools
         * @return this
         */
        public Builder clientId(String clientId) {
            this.clientId = Objects.requireNonNull(clientId);
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
         * Chooses the user by name.
         *
         * @param loginHint for example {@code user@contoso.com}; default: whoever is signed in to the machine
         * @return this
         */
        public Builder loginHint(String loginHint) {
            this.user = new BrokerUser("", Objects.requireNonNull(loginHint));
            return this;
        }

        /**
         * Chooses a user who signed in before.
         *
         * @param record what {@link BrokerCredential#authenticate} returned
         * @return this
         */
        public Builder authenticationRecord(AuthenticationRecord record) {
            this.user = new BrokerUser(record.homeAccountId(), record.userName());
            return this;
        }

        /**
         * Sets the window that the broker's dialogs belong to.
         *
         * @param parentWindow gives a window handle on Windows, an X11 window on Linux, or 0 for the console's; asked
         *     before each request; default: 0
         * @return this
         */
        public Builder parentWindow(LongSupplier parentWindow) {
            this.parentWindow = Objects.requireNonNull(parentWindow);
            return this;
        }

        /**
         * Sets how long the broker may take where it asks nobody. A user has ten minutes.
         *
         * @param timeout a positive time; default: 30 s
         * @return this
         * @throws IllegalArgumentException if it is zero or negative
         */
        public Builder timeout(Duration timeout) {
            if (timeout.isZero() || timeout.isNegative()) {
                throw new IllegalArgumentException("timeout must be positive");
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * Asks the user in {@link BrokerCredential#authenticate} only.
         *
         * @return this
         */
        public Builder disableAutomaticAuthentication() {
            this.prompts = false;
            return this;
        }

        /**
         * Lets personal accounts sign in to an application of a company, on Windows.
         *
         * @return this
         */
        public Builder enableLegacyMsaPassthrough() {
            this.consumers = true;
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
        Builder broker(Broker broker) {
            this.broker = broker;
            return this;
        }

        /**
         * Makes the credential. Nothing is loaded and no connection made before the first token is asked for. The
         * builder may be used again.
         *
         * @return a new credential
         * @throws IllegalArgumentException if a setting is malformed
         */
        public BrokerCredential build() {
            ProviderContext ambient = context == null ? StandardContext.create() : context;
            TenantPolicy tenants = TenantPolicy.of(NAME, tenant(ambient), ambient, LOG);
            if (additionallyAllowedTenants != null) {
                tenants = tenants.withAllowedTenants(additionallyAllowedTenants);
            }
            BrokerTarget target = new BrokerTarget(
                    NAME,
                    clientId.isBlank() ? ambient.clientId().orElse(UserClient.DEVELOPER_SIGN_ON) : clientId,
                    authorityHost == null
                            ? ambient.authorityHost()
                            : AuthorityHost.parse("authorityHost", authorityHost),
                    tenants,
                    parentWindow,
                    consumers);
            Broker chosen = broker == null ? Brokers.of(NAME, ambient, timeout) : broker;
            BrokerLogin login = BrokerLogin.of(chosen, target, user);
            login = prompts ? login : login.withoutPrompts();
            TokenCache cache = TokenCache.of(NAME, ambient, login, LOG);
            return new BrokerCredential(ambient, tenants, login, new EntraTokens(tenants, cache));
        }

        private String tenant(ProviderContext ambient) {
            String given = tenantId == null ? ambient.tenantId().orElse("") : tenantId;
            return given.isBlank()
                    ? ambient.environment().get("AZURE_TENANT_ID").orElse("organizations")
                    : given;
        }
    }
}
