// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.Outcome;

/**
 * When a chain goes on to the next credential. No policy goes on after an interrupt or after an unexpected exception.
 *
 * @since 0.1.0
 */
public enum FallThrough {
    /** Goes on when a prerequisite is absent or a person would have to act; a refusal stops the chain. */
    ON_UNAVAILABLE,
    /** Goes on after refusals and missing answers too, as is right for tools on a developer's machine. */
    ON_ANY_FAILURE;

    boolean passes(Outcome outcome) {
        if (outcome == Outcome.UNAVAILABLE || outcome == Outcome.INTERACTION_REQUIRED) {
            return true;
        }
        return this == ON_ANY_FAILURE
                && (outcome == Outcome.REJECTED || outcome == Outcome.TRANSIENT || outcome == Outcome.MISCONFIGURED);
    }
}
