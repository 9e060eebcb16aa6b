// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.AccessToken;
import java.time.Instant;

/** Makes a token of what a tool wrote in the token's place. */
final class TokenText {
    private TokenText() {}

    static AccessToken token(String text, Instant expiry, ToolFailures failures, String remedy) {
        try {
            return AccessToken.of(text, expiry, failures.credentialName());
        } catch (IllegalArgumentException notAToken) {
            throw failures.rejected(failures.program() + " wrote something else in the place of a token", remedy);
        }
    }
}
