// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.Secret;
import dev.signet.identity.TokenRequestContext;

/** The tokens of a managed identity as the proof of an application. */
final class ManagedIdentityAssertions implements Assertions {
    private final ManagedIdentityCredential identity;
    private final TokenRequestContext request;

    ManagedIdentityAssertions(ManagedIdentityCredential identity, String audience) {
        this.identity = identity;
        this.request = TokenRequestContext.of(audience + "/.default");
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
