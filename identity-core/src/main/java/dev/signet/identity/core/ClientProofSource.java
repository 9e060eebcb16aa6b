// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import java.net.URI;

/**
 * Makes the proofs by which an application shows who it is. Thread-safe; may block.
 *
 * @since 0.1.0
 */
public interface ClientProofSource {
    /**
     * The proof as it is now. Asked once for each request to the token endpoint, never when a cached token serves.
     *
     * @param clientId the application
     * @param tokenEndpoint the token endpoint at the sign-in host, which an assertion names as its audience
     * @return the proof
     * @throws dev.signet.identity.ClientAuthenticationException if there is none
     */
    ClientProof current(String clientId, URI tokenEndpoint);

    /**
     * Another proof, because Entra found the last one outside its validity.
     *
     * @param clientId the application
     * @param tokenEndpoint as for {@link #current}
     * @param refused the last one
     * @return a proof as fresh as can be; an equal one, as unless implemented, means that there is no better one
     */
    default ClientProof renewed(String clientId, URI tokenEndpoint, ClientProof refused) {
        return refused;
    }
}
