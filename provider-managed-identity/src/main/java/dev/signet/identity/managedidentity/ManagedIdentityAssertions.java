// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.Secret;
import dev.signet.identity.TokenRequestContext;

/** The tokens of a managed identity as the proof of an application. */
final class ManagedIdentityAssertions implements Assertions {
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
    public Secret current() {
        return Secret.of(identity.getToken(request).token());
    }

    @Override
    public Secret renewed() {
        identity.clearCache();
        return current();
    }
}
