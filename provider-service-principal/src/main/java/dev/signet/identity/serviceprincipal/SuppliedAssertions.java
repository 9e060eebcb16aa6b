// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.core.ClientProof;
import dev.signet.identity.core.ClientProofSource;
import java.net.URI;
import java.util.function.Function;

/** Assertions that the application's own code gives, once for each network request. */
final class SuppliedAssertions implements ClientProofSource {
    private final String credentialName;
    private final Function<AssertionRequest, String> code;

    SuppliedAssertions(String credentialName, Function<AssertionRequest, String> code) {
        this.credentialName = credentialName;
        this.code = code;
    }

    @Override
    public ClientProof current(String clientId, URI tokenEndpoint) {
        AssertionRequest request = new AssertionRequest(clientId, tokenEndpoint);
        return ClientProof.ofAssertion(Supplied.by(credentialName, "clientAssertion", () -> code.apply(request)));
    }

    @Override
    public ClientProof renewed(String clientId, URI tokenEndpoint, ClientProof refused) {
        return current(clientId, tokenEndpoint);
    }

    @Override
    public String toString() {
        return "SuppliedAssertions[***]";
    }
}
