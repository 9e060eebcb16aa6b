// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.core.TokenSource;

/** One way to the tokens of this host, as configured by one environment. Stateless but for its probe. */
interface Source extends TokenSource {
    /**
     * Checks what can be checked without I/O.
     *
     * @throws dev.signet.identity.ClientAuthenticationException what a fetch would throw for the same reason
     */
    void check();
}
