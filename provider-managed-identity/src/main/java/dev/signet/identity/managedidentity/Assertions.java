// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.Secret;

/** Gives the signed statements by which an application proves who it is. */
interface Assertions {
    /** The assertion as it is now; asked before each network request. */
    Secret current();

    /** The assertion once more, as fresh as can be, because Entra found the last one outside its validity. */
    Secret renewed();
}
