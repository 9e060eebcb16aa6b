// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.interactive.BrowserSignIn.BrowserSettings;
import dev.signet.identity.msal.AuthenticationRecord;
import dev.signet.identity.msal.UserClient;
import dev.signet.identity.msal.UserLogin;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.ProviderContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A user who signs in with the browser of this machine (authorization code with PKCE). The browser opens when a token
 * is needed that can be had in no other way, once for all callers who wait for it; what can go wrong on the network
 * never opens it. Without a browser the address is printed. Thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow">The authorization code
 *     flow</a>
 * @since 0.1.0
 */
public final class InteractiveBrowserCredential implements TokenCredential, ChainMember {
    static final String NAME = "InteractiveBrowserCredential";

    private final UserSession session;
    private final UserSession chained;

    private InteractiveBrowserCredential(UserSession session, UserSession chained) {
        this.session = session;
        this.chained = chained;
    }

    /**
     * Any user of any organization, as a developer.
     *
     * @return a new credential
     */
    public static InteractiveBrowserCredential create() {
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
     * @param request scopes; a tenant if the credential may serve others; claims, which are asked for in the browser too
     * @return a token
     * @throws dev.signet.identity.AuthenticationRequiredException if the user must sign in and prompts are off
     * @throws dev.signet.identity.ClientAuthenticationException if the user did not sign in in time, the port cannot be
     *     listened on, the tenant is not allowed, or Entra refused or did not answer
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
     * Opens the browser, whoever signed in before, for what every user of Azure may ask for.
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
     * Opens the browser, whoever signed in before.
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
        chained.tokens().clear();
    }

    /**
     * The form for a chain: it logs at lower levels, and counts as unavailable where no browser can be opened.
     *
     * @return a credential of the same user, with a cache of its own
     */
    @Override
    public TokenCredential asChainMember() {
        return new InteractiveBrowserCredential(chained, chained);
    }

    @Override
    public String toString() {
        return NAME;
    }

    /** Collects the settings of a credential. Not thread-safe. */
    public static final class Builder {
        private final UserSettingsBuilder settings = new UserSettingsBuilder();
        private @Nullable URI redirectUri;
        private @Nullable Integer port;
        private @Nullable String loginHint;
        private @Nullable SignInPrompt prompt;
        private Duration timeout = Duration.ofMinutes(5);
        private @Nullable String successPage;
        private @Nullable BrowserOpener browserOpener;

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
         * Sets the application that users sign in to. It must be registered with {@code http://localhost} as a redirect
         * URI of a mobile or desktop application.
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
         * @param record what {@link InteractiveBrowserCredential#authenticate()} returned
         * @return this
         */
        public Builder authenticationRecord(AuthenticationRecord record) {
            settings.account = Objects.requireNonNull(record);
            return this;
        }

        /**
         * Opens the browser in {@link InteractiveBrowserCredential#authenticate()} only.
         *
         * @return this
         */
        public Builder disableAutomaticAuthentication() {
            settings.promptsDisabled = true;
            return this;
        }

        /**
         * Sets where the browser brings its answer. The application must be registered with it; of {@code localhost} any
         * port is.
         *
         * @param redirectUri an http address of this machine; default: {@code http://localhost} and any free port
         * @return this
         */
        public Builder redirectUri(URI redirectUri) {
            this.redirectUri = Objects.requireNonNull(redirectUri);
            return this;
        }

        /**
         * Sets the port of {@code http://localhost} where the browser brings its answer.
         *
         * @param port 1 to 65535; default: any free one
         * @return this
         */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Sets the user that the sign-in page proposes.
         *
         * @param loginHint for example {@code user@contoso.com}; default: the account's user
         * @return this
         */
        public Builder loginHint(String loginHint) {
            this.loginHint = Objects.requireNonNull(loginHint);
            return this;
        }

        /**
         * Sets what the sign-in page asks of a user who is signed in there.
         *
         * @param prompt default: to select an account, or nothing where a user is proposed
         * @return this
         */
        public Builder prompt(SignInPrompt prompt) {
            this.prompt = Objects.requireNonNull(prompt);
            return this;
        }

        /**
         * Sets how long the user may take.
         *
         * @param timeout real time; default: five minutes
         * @return this
         */
        public Builder timeout(Duration timeout) {
            this.timeout = Objects.requireNonNull(timeout);
            return this;
        }

        /**
         * Sets the page that ends a sign-in in the browser.
         *
         * @param html the whole page, without scripts and without anything to load; default: one sentence
         * @return this
         */
        public Builder successPage(String html) {
            this.successPage = Objects.requireNonNull(html);
            return this;
        }

        /**
         * Sets how a browser is opened.
         *
         * @param opener default: an installed one, else the system's
         * @return this
         */
        public Builder browserOpener(BrowserOpener opener) {
            this.browserOpener = Objects.requireNonNull(opener);
            return this;
        }

        /**
         * Sets everything ambient. Its setting {@code loginHint} stands for {@link #loginHint}, {@code redirectUri} for
         * {@link #redirectUri}; with {@code promptTo} as {@code stderr} an address is printed there.
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
         * @throws IllegalArgumentException if a setting is malformed, redirectUri and port are both set, or the
         *     authentication record is of another cloud
         * @throws IllegalStateException if the sign-in shall be kept on disk and nothing is installed that does it
         */
        public InteractiveBrowserCredential build() {
            ProviderContext context = settings.context();
            URI redirect = redirectUri == null
                    ? context.setting("redirectUri")
                            .map(text -> RedirectTarget.parse(NAME, text))
                            .orElse(null)
                    : redirectUri;
            RedirectTarget target = RedirectTarget.of(NAME, redirect, port);
            if (timeout.toMillis() < 1) {
                throw new IllegalArgumentException(NAME + ": timeout must be at least a millisecond");
            }
            UserApplication application = settings.application(NAME, context);
            UserClient client = application.client();
            BrowserOpener opener = browserOpener;
            BrowserSettings browser = new BrowserSettings(
                    target,
                    address(client, context),
                    new AnswerPages(successPage),
                    opener == null ? uri -> BrowserOpeners.find(context).open(uri) : opener,
                    timeout);
            UserLogin login = settings.login(client, new BrowserSignIn(client, context, browser, false));
            UserLogin inChain = login.askingBy(new BrowserSignIn(client, context, browser, true));
            return new InteractiveBrowserCredential(
                    new UserSession(application, login), new UserSession(application, inChain).inChain());
        }

        private AuthorizeAddress address(UserClient client, ProviderContext context) {
            String user = loginHint == null ? context.setting("loginHint").orElse(null) : loginHint;
            if (user == null && settings.account != null) {
                user = settings.account.userName();
            }
            SignInPrompt asked = prompt == null && user == null ? SignInPrompt.SELECT_ACCOUNT : prompt;
            return new AuthorizeAddress(client, asked, user);
        }
    }
}
