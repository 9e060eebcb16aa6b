// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules.violations.alpha;

import dev.signet.identity.chain.modules.violations.beta.BetaViolations;
import dev.signet.identity.chain.modules.violations.chain.ChainViolations;

/** Rules 2 and 5, from a family's side. */
public final class AlphaViolations {
    private AlphaViolations() {}

    public static final class UsesBeta {
        public String other() {
            return BetaViolations.UsesAlpha.class.getName();
        }
    }

    public static final class UsesTheChain {
        public String chain() {
            return ChainViolations.class.getName();
        }
    }
}
