// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import dev.signet.identity.TokenCredential;

/**
 * A credential that behaves differently inside a chain, for example by probing an endpoint before it waits for it.
 * A chain of two or more asks for the other form once, when it is built.
 *
 * @since 0.1.0
 */
public interface ChainMember {
    /**
     * The form for a chain. It shares cache and settings with this credential.
     *
     * @return a credential; not itself asked again
     */
    TokenCredential asChainMember();
}
