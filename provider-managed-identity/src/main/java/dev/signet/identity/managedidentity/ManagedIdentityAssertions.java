// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.Secret;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.ClientProof;
import dev.signet.identity.core.ClientProofSource;
import java.net.URI;

/** The tokens of a managed identity as the proof of an application. */
final class ManagedIdentityAssertions implements ClientProofSource {
    private final ManagedIdentityCredential identity;
    private final TokenRequestContext request;

    ManagedIdentityAssertions(ManagedIdentityCredential identity, String audience) {
        this(identity, TokenRequestContext.of(audience + "/.default"));
    }

    private ManagedIdentityAssertions(ManagedIdentityCredential identity, TokenRequestContext request) {
        this.identity = identity;
        this.request = request;
    }

    ManagedIdentityAssertions inChain() {
        return new ManagedIdentityAssertions(identity.chainForm(), request);
    }

    @Override
    public ClientProof current(String clientId, URI tokenEndpoint) {
        return ClientProof.ofAssertion(Secret.of(identity.getToken(request).token()));
    }

    @Override
    public ClientProof renewed(String clientId, URI tokenEndpoint, ClientProof refused) {
        identity.clearCache();
        return current(clientId, tokenEndpoint);
    }
}
