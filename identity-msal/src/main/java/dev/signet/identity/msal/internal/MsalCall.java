// SPDX-License-Identifier: MIT
package dev.signet.identity.msal.internal;

import com.microsoft.aad.msal4j.AbstractClientApplicationBase;
import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.DeviceCodeFlowParameters;
import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import com.microsoft.aad.msal4j.UserNamePasswordParameters;
import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Secret;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.JwtPayload;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request of one user's token through MSAL. The MSAL application lives as long as the call: making one takes some
 * microseconds, and so tenants, capabilities, network and cache belong to the call and to nobody else.
 */
public final class MsalCall {
    private final MsalSettings settings;
    private final CacheAccess cache;
    private final String tenantId;
    private final TokenRequestContext request;
    private final EntraHttpClient http;
    private final CallerExecutor executor = new CallerExecutor();

    /**
     * Prepares a call.
     *
     * @param settings the application
     * @param cache the accounts
     * @param tenantId the tenant to ask
     * @param request what to ask for
     */
    public MsalCall(MsalSettings settings, CacheAccess cache, String tenantId, TokenRequestContext request) {
        this.settings = settings;
        this.cache = cache;
        this.tenantId = tenantId;
        this.request = request;
        this.http = new EntraHttpClient(settings.credentialName(), settings.context(), request);
    }

    /** A step of MSAL's, with the exception that it declares. */
    @FunctionalInterface
    private interface Step<T> {
        CompletableFuture<T> start() throws MalformedURLException;
    }

    /**
     * Redeems an authorization code.
     *
     * @param code the code
     * @param redirectUri the address that it was sent to
     * @param verifier what the code challenge was made from (RFC 7636); null without one
     * @return the token
     */
    public SignedIn redeem(Secret code, URI redirectUri, @Nullable Secret verifier) {
        AuthorizationCodeParameters.AuthorizationCodeParametersBuilder parameters =
                AuthorizationCodeParameters.builder(code.reveal(), redirectUri).scopes(scopes());
        if (verifier != null) {
            parameters.codeVerifier(verifier.reveal());
        }
        return signedIn(run(() -> application().acquireToken(parameters.build())));
    }

    /**
     * Lets the user sign in on another device, and waits for it.
     *
     * @param prompt tells the user
     * @return the token
     */
    public SignedIn deviceCode(Consumer<DevicePrompt> prompt) {
        DeviceCodeFlowParameters parameters = DeviceCodeFlowParameters.builder(scopes(), unused -> tell(prompt))
                .build();
        return signedIn(run(() -> publicApplication().acquireToken(parameters)));
    }

    /**
     * Signs a user in by password, at Entra or at a federated company's own service.
     *
     * @param userName the user
     * @param password the password
     * @return the token
     */
    @SuppressWarnings("deprecation") // passwords are; MSAL has no other way, and EnvironmentCredential still has them
    public SignedIn password(String userName, Secret password) {
        UserNamePasswordParameters parameters = UserNamePasswordParameters.builder(
                        scopes(), userName, password.reveal().toCharArray())
                .build();
        return signedIn(run(() -> publicApplication().acquireToken(parameters)));
    }

    /**
     * Gets a new token by the refresh token of an account, its own or that of the application's family.
     *
     * @param homeAccountId the account
     * @param userName its user
     * @return the token; null if there is nothing to refresh with
     */
    public @Nullable SignedIn refresh(String homeAccountId, String userName) {
        String host = settings.authorityHost().getHost();
        if (!CacheDocument.parse(cache.read()).hasAccount(homeAccountId, CloudHosts.aliases(host))) {
            return null; // MSAL would fail with a null pointer
        }
        SilentParameters parameters = SilentParameters.builder(scopes(), new MsalAccount(homeAccountId, host, userName))
                .authorityUrl(authority()) // else MSAL goes to the host that the cache names, without its port
                .forceRefresh(true)
                .build();
        IAuthenticationResult result;
        try {
            result = executor.result(application().acquireTokenSilently(parameters));
        } catch (MalformedURLException malformed) {
            throw malformed(malformed);
        } catch (RuntimeException failure) {
            if (MsalFailures.isCacheMiss(failure)) {
                return null;
            }
            throw MsalFailures.ours(settings.credentialName(), failure);
        }
        AccountKey known = new AccountKey(homeAccountId, host, tenantId, userName);
        return new SignedIn(received(), result.account() == null ? known : key(result));
    }

    /**
     * The accounts of this cloud that are in the cache.
     *
     * @return in no order
     */
    public List<AccountKey> accounts() {
        Set<String> hosts = CloudHosts.aliases(settings.authorityHost().getHost());
        List<AccountKey> found = new ArrayList<>();
        for (IAccount account : run(() -> application().getAccounts())) {
            if (hosts.contains(account.environment())) {
                found.add(key(account, ""));
            }
        }
        return found;
    }

    private SignedIn signedIn(IAuthenticationResult result) {
        if (result.account() == null) {
            throw MsalFailures.anonymous(settings.credentialName());
        }
        return new SignedIn(received(), key(result));
    }

    private AccessToken received() {
        return Objects.requireNonNull(http.received(), "MSAL has asked nobody");
    }

    private AccountKey key(IAuthenticationResult result) {
        String idToken = result.idToken();
        String tenant = idToken == null
                ? tenantId
                : JwtPayload.read(idToken).flatMap(JwtPayload::tenantId).orElse(tenantId);
        return key(result.account(), tenant);
    }

    private static AccountKey key(IAccount account, String tenant) {
        String name = account.username();
        return new AccountKey(account.homeAccountId(), account.environment(), tenant, name == null ? "" : name);
    }

    /** Tells the user; what a callback throws is the end of the sign-in. */
    private void tell(Consumer<DevicePrompt> prompt) {
        try {
            prompt.accept(Objects.requireNonNull(http.prompt()));
        } catch (RuntimeException broken) {
            throw new ClientAuthenticationException(
                    FailureDetails.rejected(settings.credentialName(), "the user could not be told the device code")
                            .remedy("Mend the prompt callback; its exception is the cause.")
                            .build(),
                    broken);
        }
    }

    private <T> T run(Step<T> step) {
        try {
            return executor.result(step.start());
        } catch (MalformedURLException malformed) {
            throw malformed(malformed);
        } catch (RuntimeException failure) {
            throw MsalFailures.ours(settings.credentialName(), failure);
        }
    }

    private IllegalArgumentException malformed(MalformedURLException cause) {
        return new IllegalArgumentException(settings.credentialName() + ": the authority is malformed", cause);
    }

    private AbstractClientApplicationBase application() throws MalformedURLException {
        Secret secret = settings.clientSecret();
        if (secret == null) {
            return publicApplication();
        }
        return configured(ConfidentialClientApplication.builder(
                        settings.clientId(), ClientCredentialFactory.createFromSecret(secret.reveal())))
                .build();
    }

    private PublicClientApplication publicApplication() throws MalformedURLException {
        return configured(PublicClientApplication.builder(settings.clientId())).build();
    }

    private <T extends AbstractClientApplicationBase.Builder<T>> T configured(T builder) throws MalformedURLException {
        return builder.authority(authority())
                .instanceDiscovery(false) // done before, and not overruled by a failure
                .httpClient(http)
                .executorService(executor)
                .disableInternalRetries()
                .correlationId(UUID.randomUUID().toString())
                .setTokenCacheAccessAspect(new CacheAspect(cache));
    }

    private String authority() {
        return settings.authorityHost() + tenantId;
    }

    private Set<String> scopes() {
        return new LinkedHashSet<>(request.scopes());
    }
}
