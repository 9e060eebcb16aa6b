// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules.violations;

import java.io.IOException;

/** Rule 13. */
public final class ThrowViolations {
    private ThrowViolations() {}

    public static final class ThrowsGeneric {
        public void fail() {
            throw new RuntimeException("generic");
        }
    }

    public static final class Stray extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    public static final class DeclaresChecked {
        public void fail() throws IOException {
            throw new IOException("checked");
        }
    }
}
