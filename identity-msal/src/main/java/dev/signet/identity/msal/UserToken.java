// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import dev.signet.identity.AccessToken;

/**
 * What a sign-in gives: a token, and whose it is.
 *
 * @param token the token
 * @param account the user
 * @since 0.1.0
 */
public record UserToken(AccessToken token, AuthenticationRecord account) {}
