// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.time.Duration;

/**
 * A managed-identity endpoint: gives tokens to whoever runs on the host.
 *
 * @since 0.1.0
 */
public sealed interface HostedEndpoint extends CloudEndpoint
        permits ArcEndpoint, ServiceFabricEndpoint, StandardEndpoint {
    /**
     * The identities of the host.
     *
     * @return to be changed at will
     */
    ManagedIdentities identities();

    /**
     * Sets how long tokens live.
     *
     * @param lifetime 24 hours unless given
     */
    void tokenLifetime(Duration lifetime);
}
