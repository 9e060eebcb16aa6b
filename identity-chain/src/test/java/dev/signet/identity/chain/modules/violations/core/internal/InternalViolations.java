// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules.violations.core.internal;

import dev.signet.identity.chain.modules.violations.msal4j.Msal;

/** Rule 3: internal, but of a module that does not declare MSAL. */
public final class InternalViolations {
    private InternalViolations() {}

    public static final class MsalInCore {
        String client() {
            return new Msal().toString();
        }
    }
}
