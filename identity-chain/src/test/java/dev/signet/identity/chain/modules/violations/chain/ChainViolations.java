// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules.violations.chain;

import dev.signet.identity.chain.modules.violations.alpha.AlphaViolations;
import dev.signet.identity.chain.modules.violations.alpha.internal.Hidden;

/** Rules 2 and 5, from the chain's side. */
public final class ChainViolations {
    private ChainViolations() {}

    public static final class UsesAlpha {
        public String family() {
            return AlphaViolations.class.getName();
        }
    }

    public static final class UsesInternals {
        public String internals() {
            return Hidden.class.getName();
        }
    }
}
