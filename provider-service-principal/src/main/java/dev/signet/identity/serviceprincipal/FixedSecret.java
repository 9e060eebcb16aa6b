// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.Secret;
import dev.signet.identity.core.ClientProof;
import dev.signet.identity.core.ClientProofSource;
import java.net.URI;

/** One client secret for the life of the credential. */
record FixedSecret(Secret secret) implements ClientProofSource {
    @Override
    public ClientProof current(String clientId, URI tokenEndpoint) {
        return ClientProof.ofSecret(secret);
    }
}
