// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import dev.signet.identity.TokenRequestContext;

/**
 * Has a user sign in: with a browser, on another device, by a code or by a password.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SignIn {
    /**
     * Asks the user, or what stands for one, on the calling thread.
     *
     * @param request what to ask for; its claims are those that the resource or the last refusal wants
     * @return the token
     * @throws dev.signet.identity.ClientAuthenticationException if there is none
     */
    UserToken signIn(TokenRequestContext request);
}
