// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules.violations.beta;

import dev.signet.identity.chain.modules.violations.alpha.AlphaViolations;

/** The other half of a cycle. */
public final class BetaViolations {
    private BetaViolations() {}

    public static final class UsesAlpha {
        public String other() {
            return AlphaViolations.UsesBeta.class.getName();
        }
    }
}
