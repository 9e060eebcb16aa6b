// SPDX-License-Identifier: MIT
package dev.signet.identity.broker;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.broker.internal.brokers.Broker;
import dev.signet.identity.broker.internal.brokers.BrokerRequest;
import dev.signet.identity.broker.internal.brokers.BrokerUser;
import dev.signet.identity.core.TokenSource;
import dev.signet.identity.msal.AuthenticationRecord;
import dev.signet.identity.msal.UserToken;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of a broker's user: silently, else, where that is allowed and a user can mend it, by the broker's dialog. One
 * dialog at a time: whoever waits for it looks first whether it will serve too. Thread-safe.
 */
final class BrokerLogin implements TokenSource {
    private final Broker broker;
    private final BrokerTarget target;
    private final boolean prompts;
    private final AtomicReference<BrokerUser> user;
    private final ReentrantLock prompting;

    private BrokerLogin(
            Broker broker,
            BrokerTarget target,
            boolean prompts,
            AtomicReference<BrokerUser> user,
            ReentrantLock prompting) {
        this.broker = broker;
        this.target = target;
        this.prompts = prompts;
        this.user = user;
        this.prompting = prompting;
    }

    /** A login of a user, who may be asked. */
    static BrokerLogin of(Broker broker, BrokerTarget target, BrokerUser user) {
        return new BrokerLogin(broker, target, true, new AtomicReference<>(user), new ReentrantLock());
    }

    /** The same login, which asks the user in {@link #authenticate} only. */
    BrokerLogin withoutPrompts() {
        return new BrokerLogin(broker, target, false, user, prompting);
    }

    private BrokerUser user() {
        return Objects.requireNonNull(user.get());
    }

    Broker broker() {
        return broker;
    }

    @Override
    public AccessToken fetch(TokenRequestContext request, @Nullable AccessToken rejected) {
        return get(new BrokerRequest(target.application(request), user(), request, rejected, null));
    }

    /** A token that is good for one HTTP request. */
    AccessToken bound(TokenRequestContext request, ProofOfPossession proof) {
        return get(new BrokerRequest(target.application(request), user(), request, null, proof.proof()));
    }

    /** Has the user sign in, whoever was before. */
    AuthenticationRecord authenticate(TokenRequestContext request) {
        lock();
        try {
            return remembered(broker.interactive(
                            new BrokerRequest(target.application(request), user(), request, null, null)))
                    .account();
        } finally {
            prompting.unlock();
        }
    }

    private AccessToken get(BrokerRequest request) {
        CredentialUnavailableException needed;
        try {
            return broker.silent(request).token();
        } catch (CredentialUnavailableException unavailable) {
            needed = unavailable;
        }
        if (!prompts || !canBeMended(needed)) {
            throw needed;
        }
        lock();
        try {
            BrokerUser now = user();
            BrokerRequest again = new BrokerRequest(
                    request.application(), now, request.tokens(), request.rejected(), request.proof());
            if (!now.equals(request.user())) {
                try {
                    return broker.silent(again).token();
                } catch (CredentialUnavailableException stillNeeded) {
                    if (!canBeMended(stillNeeded)) {
                        throw stillNeeded;
                    }
                }
            }
            return remembered(broker.interactive(again)).token();
        } finally {
            prompting.unlock();
        }
    }

    private static boolean canBeMended(CredentialUnavailableException failure) {
        return failure.details().unavailableReason().orElse(null) == UnavailableReason.NOT_SIGNED_IN;
    }

    private UserToken remembered(UserToken token) {
        AuthenticationRecord account = token.account();
        user.set(new BrokerUser(account.homeAccountId(), account.userName()));
        return token;
    }

    private void lock() {
        try {
            prompting.lockInterruptibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ClientAuthenticationException(
                    FailureDetails.rejected(target.credentialName(), "interrupted while another sign-in was under way")
                            .outcome(Outcome.CANCELLED)
                            .build(),
                    interrupted);
        }
    }

    @Override
    public String toString() {
        return "BrokerLogin[" + target.credentialName() + "]";
    }
}
