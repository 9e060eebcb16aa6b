// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an authorization code stands for.
 *
 * @param user who signed in
 * @param clientId for which application
 * @param redirectUri where the code was sent
 * @param challenge what the verifier must hash to (RFC 7636); null without one
 * @param nonce for the id token; null without one
 * @param expiresOn until when it can be redeemed
 */
record RedeemableCode(
        User user,
        String clientId,
        String redirectUri,
        @Nullable String challenge,
        @Nullable String nonce,
        Instant expiresOn) {}
