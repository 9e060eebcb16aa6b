// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules.violations;

import java.util.Optional;

/** Rule 15. */
public final class SignatureViolations {
    private SignatureViolations() {}

    public static final class TakesOptional {
        public void tenant(Optional<String> tenant) {}
    }

    public static final class TakesFive {
        public void all(int a, int b, int c, int d, int e) {}
    }
}
