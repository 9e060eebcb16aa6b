// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules.violations.msal;

import dev.signet.identity.chain.modules.violations.msal4j.Msal;

/** Rule 3: of the right module, but not internal. */
public final class MsalViolations {
    private MsalViolations() {}

    public static final class MsalOutsideInternal {
        String client() {
            return new Msal().toString();
        }
    }
}
