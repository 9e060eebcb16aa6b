// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.core.EntraTokens;
import dev.signet.identity.msal.AuthenticationRecord;
import dev.signet.identity.msal.UserLogin;

/** The tokens of one user who can be asked to sign in. */
final class UserSession {
    private final UserApplication application;
    private final UserLogin login;
    private final EntraTokens tokens;

    UserSession(UserApplication application, UserLogin login) {
        this(application, login, application.tokens(login));
    }

    private UserSession(UserApplication application, UserLogin login, EntraTokens tokens) {
        this.application = application;
        this.login = login;
        this.tokens = tokens;
    }

    UserSession inChain() {
        return new UserSession(application, login, tokens.inChain());
    }

    EntraTokens tokens() {
        return tokens;
    }

    AuthenticationRecord authenticate(TokenRequestContext request) {
        return login.authenticate(application.tenants().resolve(request));
    }

    /** Signs in for what every user of Azure may ask for. */
    AuthenticationRecord authenticate() {
        String host = application.client().authorityHost().getHost();
        String scope = ManagementScope.of(host)
                .orElseThrow(() -> new CredentialUnavailableException(FailureDetails.unavailable(
                                application.client().credentialName(),
                                UnavailableReason.NOT_CONFIGURED,
                                "which scope to sign in for is not known for the authority host " + host)
                        .remedy("Call authenticate with a request that names a scope.")
                        .build()));
        return authenticate(TokenRequestContext.of(scope));
    }
}
