// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

/**
 * Where a credential is at home; decides what {@code dev} and {@code prod} mean in {@code AZURE_TOKEN_CREDENTIALS}.
 *
 * @since 0.1.0
 */
public enum Category {
    /** Deployed code: the host's or a service's identity. Selected by {@code prod}; a refusal stops a chain. */
    DEPLOYED,
    /** A developer's machine: the identity of a tool. Selected by {@code dev}; a refusal does not stop a chain. */
    DEVELOPER,
    /** Asks a person. Takes part only when it is named or switched on. */
    INTERACTIVE,
    /**
     * Deployed code whose settings another credential reads as well, or that one platform alone knows. Takes part only
     * when it is named or switched on; a refusal stops a chain.
     */
    ON_REQUEST
}
