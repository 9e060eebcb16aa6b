// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.core.ClientProof;
import dev.signet.identity.core.ClientProofSource;
import java.net.URI;
import java.util.function.Supplier;

/** The client secret that a supplier gives at each network request. */
final class SuppliedSecret implements ClientProofSource {
    private final String credentialName;
    private final Supplier<String> supplier;

    SuppliedSecret(String credentialName, Supplier<String> supplier) {
        this.credentialName = credentialName;
        this.supplier = supplier;
    }

    @Override
    public ClientProof current(String clientId, URI tokenEndpoint) {
        return ClientProof.ofSecret(Supplied.by(credentialName, "clientSecretSupplier", supplier));
    }

    @Override
    public String toString() {
        return "SuppliedSecret[***]";
    }
}
