// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.AccessToken;
import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.core.Redaction;
import dev.signet.identity.core.TokenSource;
import dev.signet.identity.msal.AuthenticationRecord;
import dev.signet.identity.msal.UserClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokens of the one account in a shared cache that is meant. Which one that is can change with every request. */
final class CachedAccount implements TokenSource {
    private final UserClient client;
    private final String cacheName;
    private final String username;
    private final String tenantId;
    private final boolean chained;

    /** An empty user name means anybody. */
    CachedAccount(UserClient client, String cacheName, String username, String tenantId) {
        this(client, cacheName, username, tenantId, false);
    }

    private CachedAccount(UserClient client, String cacheName, String username, String tenantId, boolean chained) {
        this.client = client;
        this.cacheName = cacheName;
        this.username = username;
        this.tenantId = tenantId;
        this.chained = chained;
    }

    /** The same, for which every failure is an absence: the next credential of the chain may do better. */
    CachedAccount inChain() {
        return new CachedAccount(client, cacheName, username, tenantId, true);
    }

    @Override
    public AccessToken fetch(TokenRequestContext request, @Nullable AccessToken rejected) {
        AuthenticationRecord account = account(client.accounts(request.caeEnabled()));
        try {
            return client.silent(account, request).token();
        } catch (ClientAuthenticationException failure) {
            throw failure.outcome() == Outcome.CANCELLED ? failure : unusable(failure);
        }
    }

    private AuthenticationRecord account(List<AuthenticationRecord> all) {
        if (all.isEmpty()) {
            throw unavailable(
                    "there are no accounts in the token cache " + cacheName,
                    "Sign in with a tool or program that keeps its accounts there.");
        }
        List<AuthenticationRecord> named = all.stream()
                .filter(account -> username.isEmpty() || account.userName().equalsIgnoreCase(username))
                .toList();
        if (named.isEmpty()) {
            throw unavailable(
                    "there is no account " + Redaction.quote(username) + " in the token cache " + cacheName,
                    "Set AZURE_USERNAME to a user who is signed in, or sign in as this one.");
        }
        List<AuthenticationRecord> found = named.size() == 1
                ? named
                : named.stream().filter(this::isOfTenant).toList();
        if (found.size() != 1) {
            throw unavailable(
                    "there are several accounts in the token cache " + cacheName,
                    "Set AZURE_USERNAME and, for a user with accounts in several tenants, AZURE_TENANT_ID.");
        }
        return found.get(0);
    }

    private boolean isOfTenant(AuthenticationRecord account) {
        String home = account.homeAccountId();
        return tenantId.equalsIgnoreCase(account.tenantId())
                || tenantId.equalsIgnoreCase(home.substring(home.indexOf('.') + 1));
    }

    private ClientAuthenticationException unusable(ClientAuthenticationException failure) {
        boolean stale = failure instanceof AuthenticationRequiredException;
        FailureDetails.Builder details = failure.details().toBuilder();
        if (stale) {
            details.outcome(Outcome.REJECTED).remedy("Sign in again with the tool or program that keeps the account.");
        }
        if (chained) {
            details.outcome(Outcome.UNAVAILABLE)
                    .unavailableReason(stale ? UnavailableReason.NOT_SIGNED_IN : UnavailableReason.NOT_REACHABLE);
            return new CredentialUnavailableException(details.build(), failure);
        }
        return stale ? new ClientAuthenticationException(details.build(), failure) : failure;
    }

    private CredentialUnavailableException unavailable(String reason, String remedy) {
        return new CredentialUnavailableException(
                FailureDetails.unavailable(client.credentialName(), UnavailableReason.NOT_SIGNED_IN, reason)
                        .remedy(remedy)
                        .build());
    }
}
