// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.azurecore;

import dev.signet.identity.TokenCredential;
import java.util.Objects;

/**
 * Turns a credential into the form that clients of the Azure SDK take, and one of theirs into ours. What comes out
 * keeps nothing: caching is the business of what went in.
 *
 * @since 0.1.0
 */
public final class AzureCoreCredentials {
    private AzureCoreCredentials() {}

    /**
     * A credential for clients of the Azure SDK. Tenant, claims and continuous access evaluation are handed on;
     * failures are azure-core's {@code ClientAuthenticationException} with our message and ours as the suppressed
     * exception. Waiting for a token never blocks a thread of Reactor.
     *
     * @param credential where tokens come from; it stays the caller's to close
     * @return the same credential for a client's builder
     */
    public static com.azure.core.credential.TokenCredential toAzure(TokenCredential credential) {
        return new ToAzureCredential(Objects.requireNonNull(credential));
    }

    /**
     * A credential of the Azure SDK as one of ours, for example as a link of a chain. azure-core does not tell an
     * absent prerequisite from a refusal, so both are a refusal here: a chain that shall go on needs
     * {@code FallThrough.ON_ANY_FAILURE} for the link.
     *
     * @param name the credential's name in tokens, messages and reports
     * @param credential where tokens come from
     * @return the same credential for us
     */
    public static TokenCredential fromAzure(String name, com.azure.core.credential.TokenCredential credential) {
        return new FromAzureCredential(Objects.requireNonNull(name), Objects.requireNonNull(credential));
    }
}
