// SPDX-License-Identifier: MIT
package dev.signet.identity.broker;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.broker.internal.brokers.Broker;
import dev.signet.identity.broker.internal.brokers.BrokerRequest;
import dev.signet.identity.broker.internal.brokers.BrokerUser;
import dev.signet.identity.core.TenantPolicy;
import dev.signet.identity.core.TokenSource;
import dev.signet.identity.msal.AuthenticationRecord;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Tokens of the user who signed in to Visual Studio Code, silently from the broker. Thread-safe. */
final class VisualStudioCodeLogin implements TokenSource {
    /** Stands for the tenant that the record names. */
    static final String TENANT_OF_RECORD = "organizations";

    private final VisualStudioCodeRecord record;
    private final Broker broker;
    private final TenantPolicy tenants;

    VisualStudioCodeLogin(VisualStudioCodeRecord record, Broker broker, TenantPolicy tenants) {
        this.record = record;
        this.broker = broker;
        this.tenants = tenants;
    }

    @Override
    public AccessToken fetch(TokenRequestContext request, @Nullable AccessToken rejected) {
        AuthenticationRecord account = record.read();
        String wanted = tenants.tenantOf(request);
        BrokerTarget target = new BrokerTarget(
                VisualStudioCodeCredential.NAME,
                VisualStudioCodeRecord.CLIENT_ID,
                URI.create("https://" + account.authority() + "/"),
                tenants,
                () -> 0L,
                false);
        try {
            return broker.silent(new BrokerRequest(
                            target.application(wanted.equals(TENANT_OF_RECORD) ? account.tenantId() : wanted),
                            new BrokerUser(account.homeAccountId(), account.userName()),
                            request,
                            rejected,
                            null))
                    .token();
        } catch (ClientAuthenticationException failure) {
            throw unavailable(failure);
        }
    }

    /** Whatever the broker says, another developer's tool may serve; only a caller who gave up is left alone. */
    private static ClientAuthenticationException unavailable(ClientAuthenticationException failure) {
        boolean asIs = failure.outcome() == Outcome.CANCELLED || failure.outcome() == Outcome.UNAVAILABLE;
        return asIs
                ? failure
                : new CredentialUnavailableException(
                        failure.details().toBuilder()
                                .outcome(Outcome.UNAVAILABLE)
                                .unavailableReason(UnavailableReason.NOT_SIGNED_IN)
                                .remedy("Sign in to Azure in Visual Studio Code again.")
                                .build(),
                        failure);
    }
}
