// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.msal.AuthorizationCode;
import dev.signet.identity.msal.SignIn;
import dev.signet.identity.msal.UserClient;
import dev.signet.identity.msal.UserToken;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Redeems a code, which works once: whoever needs it a second time needs the user. */
final class CodeSignIn implements SignIn {
    private final UserClient client;
    private final AtomicReference<@Nullable AuthorizationCode> code;

    CodeSignIn(UserClient client, AuthorizationCode code) {
        this.client = client;
        this.code = new AtomicReference<>(code);
    }

    @Override
    public UserToken signIn(TokenRequestContext request) {
        AuthorizationCode taken = code.getAndSet(null);
        if (taken == null) {
            throw new AuthenticationRequiredException(
                    FailureDetails.unavailable(
                                    client.credentialName(),
                                    UnavailableReason.NOT_SIGNED_IN,
                                    "the authorization code was used, and what it gave will not do for this request")
                            .outcome(Outcome.INTERACTION_REQUIRED)
                            .remedy("Send the user to the sign-in page again and make a credential of the new code.")
                            .build(),
                    request,
                    null);
        }
        try {
            return client.redeem(taken, request);
        } catch (ClientAuthenticationException failure) {
            if (failure.outcome() == Outcome.TRANSIENT) {
                code.set(taken);
            }
            throw failure;
        }
    }
}
