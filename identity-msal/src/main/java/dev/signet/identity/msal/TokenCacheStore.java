// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import java.util.function.UnaryOperator;

/**
 * Keeps the text of a token cache outside this process. The text has refresh tokens in it. Thread-safe.
 *
 * @since 0.1.0
 */
public interface TokenCacheStore {
    /**
     * Reads what is kept.
     *
     * @return a JSON object; empty when there is nothing, or nothing that can be read as such
     * @throws java.io.UncheckedIOException if the store cannot be reached now; the cache goes on in memory
     * @throws dev.signet.identity.ClientAuthenticationException if the store must not be used as it is
     */
    String read();

    /**
     * Replaces what is kept, while no other thread or process does.
     *
     * @param change makes the new text from the present one, which is empty when there is none; may be called again
     * @throws java.io.UncheckedIOException if the store cannot be reached now; the cache goes on in memory
     * @throws dev.signet.identity.ClientAuthenticationException if the store must not be used as it is
     */
    void update(UnaryOperator<String> change);
}
