// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import dev.signet.identity.AccessToken;
import dev.signet.identity.Secret;
import org.jspecify.annotations.Nullable;

/** How an operation of the Windows runtime ended. */
sealed interface WamResult {
    /**
     * It succeeded.
     *
     * @param account whose; null if that is not told
     * @param token null if only the account was asked for
     * @param claims the id token; null if there is none
     */
    record Success(
            @Nullable WamAccount account,
            @Nullable AccessToken token,
            @Nullable Secret claims) implements WamResult {}

    /**
     * It failed.
     *
     * @param code the runtime's word, such as {@code msalruntime_error}
     * @param status the number that all brokers share
     * @param context the runtime's message
     */
    record Failure(String code, int status, String context) implements WamResult {}
}
