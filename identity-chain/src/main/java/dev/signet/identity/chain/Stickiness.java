// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

/**
 * Whether a chain stays with the credential that first gave a token.
 *
 * @since 0.1.0
 */
public enum Stickiness {
    /** Every call starts with the first credential. */
    ALWAYS_WALK,
    /** The first winner serves all later calls; its failures are the chain's. */
    STICKY,
    /** As {@link #STICKY}, but the chain starts over once when the winner becomes unavailable; never when refused. */
    STICKY_UNTIL_UNAVAILABLE
}
