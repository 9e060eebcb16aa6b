// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.msal.AuthenticationRecord;
import dev.signet.identity.msal.DeviceCodeInfo;
import dev.signet.identity.msal.UserClient;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.ProviderContext;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A user who signs in on another device: types a code into a page there, while this program waits (RFC 8628). For
 * machines without a browser. The user is asked when a token is needed that can be had in no other way, once for all
 * callers who wait for it. Thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code">The device code flow</a>
 * @since 0.1.0
 */
public final class DeviceCodeCredential implements TokenCredential, ChainMember {
    static final String NAME = "DeviceCodeCredential";

    private final UserSession session;

    private DeviceCodeCredential(UserSession session) {
        this.session = session;
    }

    /**
     * Any user of any organization, as a developer, who is told on the standard output.
     *
     * @return a new credential
     */
    public static DeviceCodeCredential create() {
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
     * Returns a token of the user, from memory, else by an earlier sign-in, else by a new one.
     *
     * @param request scopes; a tenant if the credential may serve others; claims
     * @return a token
     * @throws dev.signet.identity.AuthenticationRequiredException if the user must sign in and prompts are off
     * @throws dev.signet.identity.ClientAuthenticationException if the user declined or did not sign in in time, the
     *     prompt failed, the tenant is not allowed, or Entra refused or did not answer
     */
    @Override
    public AccessToken getToken(TokenRequestContext request) {
        return session.tokens().get(request);
    }

    @Override
    public CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
        return session.tokens().getAsync(request);
    }

    /**
     * Asks the user, whoever signed in before, for what every user of Azure may ask for.
     *
     * @return who signed in, for {@link Builder#authenticationRecord} of a later process
     * @throws dev.signet.identity.CredentialUnavailableException if the cloud is not known, so that a scope is needed
     * @throws dev.signet.identity.ClientAuthenticationException if nobody signed in
     */
    public AuthenticationRecord authenticate() {
        AuthenticationRecord account = session.authenticate();
        clearCache();
        return account;
    }

    /**
     * Asks the user, whoever signed in before.
     *
     * @param request what to sign in for; of an {@link dev.signet.identity.AuthenticationRequiredException}, its request
     * @return who signed in, for {@link Builder#authenticationRecord} of a later process
     * @throws dev.signet.identity.ClientAuthenticationException if nobody signed in
     */
    public AuthenticationRecord authenticate(TokenRequestContext request) {
        AuthenticationRecord account = session.authenticate(request);
        clearCache();
        return account;
    }

    /** Forgets all tokens; who signed in is still known. */
    public void clearCache() {
        session.tokens().clear();
    }

    /**
     * The form for a chain, which logs at lower levels.
     *
     * @return a credential of the same user, with a cache of its own
     */
    @Override
    public TokenCredential asChainMember() {
        return new DeviceCodeCredential(session.inChain());
    }

    @Override
    public String toString() {
        return NAME;
    }

    /** Collects the settings of a credential. Not thread-safe. */
    public static final class Builder {
        private final UserSettingsBuilder settings = new UserSettingsBuilder();
        private @Nullable Consumer<DeviceCodeInfo> prompt;

        private Builder() {}

        /**
         * Sets the tenant.
         *
         * @param tenantId tenant id or domain name; default: the account's, else any organization's
         * @return this
         */
        public Builder tenantId(String tenantId) {
            settings.tenantId = Objects.requireNonNull(tenantId);
            return this;
        }

        /**
         * Sets the application that users sign in to. It must allow public client flows.
         *
         * @param clientId client (application) id; default: the account's, else the one of developers' tools
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
         * Sets who signed in before.
         *
         * @param record what {@link DeviceCodeCredential#authenticate()} returned
         * @return this
         */
        public Builder authenticationRecord(AuthenticationRecord record) {
            settings.account = Objects.requireNonNull(record);
            return this;
        }

        /**
         * Asks the user in {@link DeviceCodeCredential#authenticate()} only.
         *
         * @return this
         */
        public Builder disableAutomaticAuthentication() {
            settings.promptsDisabled = true;
            return this;
        }

        /**
         * Sets how the user is told what to do.
         *
         * @param prompt must not wait for the user; default: prints the server's message on the standard output
         * @return this
         */
        public Builder prompt(Consumer<DeviceCodeInfo> prompt) {
            this.prompt = Objects.requireNonNull(prompt);
            return this;
        }

        /**
         * Sets everything ambient. With its setting {@code promptTo} as {@code stderr} the user is told on the standard
         * error output.
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
         * @throws IllegalArgumentException if a setting is malformed, or the authentication record is of another cloud
         * @throws IllegalStateException if the sign-in shall be kept on disk and nothing is installed that does it
         */
        public DeviceCodeCredential build() {
            ProviderContext context = settings.context();
            UserApplication application = settings.application(NAME, context);
            UserClient client = application.client();
            Consumer<DeviceCodeInfo> tell =
                    prompt == null ? info -> StandardOutput.of(context).say(info.message()) : prompt;
            return new DeviceCodeCredential(
                    new UserSession(application, settings.login(client, request -> client.deviceCode(tell, request))));
        }
    }
}
