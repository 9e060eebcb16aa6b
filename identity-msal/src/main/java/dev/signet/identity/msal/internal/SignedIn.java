// SPDX-License-Identifier: MIT
package dev.signet.identity.msal.internal;

import dev.signet.identity.AccessToken;

/**
 * A token of a user, and whose it is.
 *
 * @param token the token
 * @param account the user
 */
public record SignedIn(AccessToken token, AccountKey account) {}
