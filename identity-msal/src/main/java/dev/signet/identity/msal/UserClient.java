// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.Secret;
import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.AuthorityHost;
import dev.signet.identity.core.EntraRoute;
import dev.signet.identity.core.Redaction;
import dev.signet.identity.core.TenantPolicy;
import dev.signet.identity.msal.internal.AccountKey;
import dev.signet.identity.msal.internal.CacheDocument;
import dev.signet.identity.msal.internal.CloudHosts;
import dev.signet.identity.msal.internal.MsalCall;
import dev.signet.identity.msal.internal.MsalSettings;
import dev.signet.identity.msal.internal.SignedIn;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TokenCell;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An application that users sign in to: redeems what a sign-in gives, and gets further tokens of those who have signed
 * in without asking them again. Their accounts are kept in memory, or on disk where that is asked for; those of
 * requests with continuous access evaluation apart. Requests must have gone through the tenant policy. Thread-safe.
 *
 * @since 0.1.0
 */
public final class UserClient {
    /** The application of developers' tools, to which every user of Azure can sign in: {@value}. */
    public static final String DEVELOPER_SIGN_ON = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

    private final MsalSettings settings;
    private final TenantPolicy tenants;
    private final AccountCache plain;
    private final AccountCache revocable;
    private final Pause pause;
    private final EntraRoute route;

    private UserClient(Builder parts) {
        ProviderContext context = parts.context;
        String name = parts.credentialName;
        URI given = parts.authorityHost;
        this.settings = new MsalSettings(
                name, context, given == null ? context.authorityHost() : given, parts.clientId, parts.clientSecret);
        this.tenants = parts.tenants;
        this.plain = new AccountCache(name, parts.clientId, context.clock(), parts.store(false));
        this.revocable = new AccountCache(name, parts.clientId, context.clock(), parts.store(true));
        this.pause = new Pause(name, context.clock());
        this.route = EntraRoute.global(name, context);
    }

    /**
     * Starts a client.
     *
     * @param credentialName the credential, for messages and tokens
     * @param context everything ambient
     * @param tenants which tenants may be asked
     * @return a builder of a public client of {@link #DEVELOPER_SIGN_ON}
     */
    public static Builder builder(String credentialName, ProviderContext context, TenantPolicy tenants) {
        return new Builder(credentialName, context, tenants);
    }

    /**
     * The credential.
     *
     * @return its name
     */
    public String credentialName() {
        return settings.credentialName();
    }

    /**
     * The application.
     *
     * @return its client id
     */
    public String clientId() {
        return settings.clientId();
    }

    /**
     * The sign-in host.
     *
     * @return an https address that ends with a slash
     */
    public URI authorityHost() {
        return settings.authorityHost();
    }

    /**
     * The page where users sign in with a browser (RFC 6749 section 3.1), once the host is known to be one of
     * Microsoft's clouds.
     *
     * @param request whose tenant, else the credential's own
     * @return an https address without a query
     * @throws ClientAuthenticationException if the host is none of Microsoft's clouds, or nobody could say
     */
    public URI authorizeEndpoint(TokenRequestContext request) {
        return settings.authorityHost().resolve(checkedTenant(request) + "/oauth2/v2.0/authorize");
    }

    /**
     * Everybody who is signed in at this authority, to this application or to another one that shares the cache.
     *
     * @param caeEnabled whether to look among the tokens that can be revoked
     * @return in no order; possibly nobody
     */
    public List<AuthenticationRecord> accounts(boolean caeEnabled) {
        TokenRequestContext any = TokenRequestContext.of("openid").withCaeEnabled(caeEnabled);
        List<AuthenticationRecord> records = new ArrayList<>();
        for (AccountKey account : call(any).accounts()) {
            records.add(record(account));
        }
        return records;
    }

    /**
     * Gets a token of somebody who has signed in, from the account cache or by a refresh token.
     *
     * @param account who
     * @param request what to ask for; with claims, no token of the cache will do
     * @return the token
     * @throws dev.signet.identity.AuthenticationRequiredException if the user must sign in, or sign in again
     * @throws ClientAuthenticationException if Entra refused for another reason or did not answer
     */
    public UserToken silent(AuthenticationRecord account, TokenRequestContext request) {
        AccessToken known = request.claims().isPresent() ? null : cached(account, request);
        if (known != null && isFresh(known)) {
            return new UserToken(known, account);
        }
        SignedIn refreshed;
        try {
            pause.check(request);
            refreshed = call(request).refresh(account.homeAccountId(), account.userName());
        } catch (ClientAuthenticationException refusal) {
            pause.after(request, refusal);
            if (known != null && willDo(known, refusal)) {
                return new UserToken(known, account);
            }
            throw UserFailures.needsUser(refusal) ? UserFailures.signInAgain(request, refusal) : refusal;
        }
        if (refreshed == null) {
            throw UserFailures.notSignedIn(credentialName(), request);
        }
        return userToken(refreshed);
    }

    /**
     * Redeems an authorization code.
     *
     * @param code the code; it works once
     * @param request what the code is for
     * @return the token
     * @throws ClientAuthenticationException if Entra refused or did not answer
     */
    public UserToken redeem(AuthorizationCode code, TokenRequestContext request) {
        return userToken(call(request)
                .redeem(code.code(), code.redirectUri(), code.verifier().orElse(null)));
    }

    /**
     * Lets the user sign in on another device, and waits for it.
     *
     * @param prompt tells the user
     * @param request what to ask for
     * @return the token
     * @throws ClientAuthenticationException if the user did not sign in in time, or Entra refused or did not answer
     */
    public UserToken deviceCode(Consumer<DeviceCodeInfo> prompt, TokenRequestContext request) {
        return userToken(call(request).deviceCode(shown -> prompt.accept(new DeviceCodeInfo(shown))));
    }

    /**
     * Signs a user in by password. It works for users without a second factor only.
     *
     * @param userName the user
     * @param password the password
     * @param request what to ask for
     * @return the token
     * @throws ClientAuthenticationException if Entra refused or did not answer
     */
    public UserToken password(String userName, Secret password, TokenRequestContext request) {
        return userToken(call(request).password(userName, password));
    }

    /** A sign-in to one cloud is worth nothing in another, whose hosts must not hear of it. */
    void checkCloud(AuthenticationRecord account) {
        URI host = settings.authorityHost();
        boolean same = account.authority().equalsIgnoreCase(host.getRawAuthority())
                || CloudHosts.aliases(host.getHost())
                        .contains(account.authority().toLowerCase(Locale.ROOT));
        if (!same) {
            throw new IllegalArgumentException(
                    credentialName() + ": the authentication record is of " + Redaction.quote(account.authority())
                            + ", not of the authority host " + host.getRawAuthority()
                            + "; set authorityHost to the record's cloud, or sign in again");
        }
    }

    private MsalCall call(TokenRequestContext request) {
        return new MsalCall(settings, cache(request), checkedTenant(request), request);
    }

    private String checkedTenant(TokenRequestContext request) {
        String tenant = tenants.tenantOf(request);
        URI unused = route.address(AuthorityHost.tokenEndpoint(settings.authorityHost(), tenant));
        return tenant;
    }

    private AccountCache cache(TokenRequestContext request) {
        return request.caeEnabled() ? revocable : plain;
    }

    private @Nullable AccessToken cached(AuthenticationRecord account, TokenRequestContext request) {
        CacheDocument.Place place = new CacheDocument.Place(
                account.homeAccountId(),
                CloudHosts.aliases(settings.authorityHost().getHost()),
                settings.clientId(),
                tenants.tenantOf(request));
        return CacheDocument.parse(cache(request).read()).accessToken(place, request.scopes(), credentialName());
    }

    private boolean isFresh(AccessToken token) {
        Instant now = settings.context().clock().instant();
        Instant renewal = token.expiresOn().minusMillis(TokenCell.REFRESH_WINDOW_MILLIS);
        return now.isBefore(renewal) && now.isBefore(token.refreshOn().orElse(renewal));
    }

    /** Whether a token that should be renewed can still be used, now that it could not be. */
    private boolean willDo(AccessToken token, ClientAuthenticationException refusal) {
        Duration left = Duration.between(settings.context().clock().instant(), token.expiresOn());
        long enough = refusal.outcome() == Outcome.TRANSIENT
                ? TokenCell.EXPIRY_MARGIN_MILLIS
                : TokenCell.REFRESH_WINDOW_MILLIS;
        return refusal.outcome() != Outcome.CANCELLED && left.toMillis() > enough;
    }

    private UserToken userToken(SignedIn signedIn) {
        return new UserToken(signedIn.token(), record(signedIn.account()));
    }

    private AuthenticationRecord record(AccountKey account) {
        String home = account.homeAccountId();
        String tenant = account.tenantId().isEmpty() ? home.substring(home.indexOf('.') + 1) : account.tenantId();
        URI host = settings.authorityHost();
        return new AuthenticationRecord(host.getRawAuthority(), home, tenant, settings.clientId(), account.userName());
    }

    @Override
    public String toString() {
        return "UserClient[" + credentialName() + ", " + clientId() + "]";
    }

    /** Collects the settings of a client. Not thread-safe. */
    public static final class Builder {
        private final String credentialName;
        private final ProviderContext context;
        private final TenantPolicy tenants;
        private String clientId = DEVELOPER_SIGN_ON;
        private @Nullable URI authorityHost;
        private @Nullable Secret clientSecret;
        private @Nullable TokenCachePersistenceOptions persistence;
        private @Nullable TokenCacheStoreProvider stores;

        private Builder(String credentialName, ProviderContext context, TenantPolicy tenants) {
            this.credentialName = Objects.requireNonNull(credentialName);
            this.context = Objects.requireNonNull(context);
            this.tenants = Objects.requireNonNull(tenants);
        }

        /**
         * Sets the application.
         *
         * @param clientId its client id
         * @return this
         */
        public Builder clientId(String clientId) {
            this.clientId = Objects.requireNonNull(clientId);
            return this;
        }

        /**
         * Sets the sign-in host.
         *
         * @param authorityHost an https address that ends with a slash; default: the context's
         * @return this
         */
        public Builder authorityHost(URI authorityHost) {
            this.authorityHost = Objects.requireNonNull(authorityHost);
            return this;
        }

        /**
         * Sets the application's secret, for codes that a confidential client redeems.
         *
         * @param clientSecret default: none
         * @return this
         */
        public Builder clientSecret(Secret clientSecret) {
            this.clientSecret = Objects.requireNonNull(clientSecret);
            return this;
        }

        /**
         * Keeps accounts and tokens on disk.
         *
         * @param options how; default: in memory only
         * @return this
         */
        public Builder persistence(TokenCachePersistenceOptions options) {
            this.persistence = Objects.requireNonNull(options);
            return this;
        }

        /** Sets who makes the store; default: the installed module. */
        Builder stores(TokenCacheStoreProvider provider) {
            this.stores = provider;
            return this;
        }

        private @Nullable TokenCacheStore store(boolean caeEnabled) {
            if (persistence == null) {
                return null;
            }
            TokenCacheStoreProvider provider = stores == null ? TokenCacheStores.installed(credentialName) : stores;
            return provider.open(credentialName, persistence, caeEnabled, context);
        }

        /**
         * Makes the client. The builder may be used again.
         *
         * @return a new client with a cache of its own
         * @throws IllegalStateException if accounts are to be kept on disk and nothing is installed that does it
         */
        public UserClient build() {
            return new UserClient(this);
        }
    }
}
