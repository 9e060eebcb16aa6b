// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import java.net.URI;

/**
 * The application that asks a broker.
 *
 * @param clientId its client id
 * @param authority the sign-in host with the tenant as its path, without a slash at the end
 * @param window the window that dialogs belong to; 0 for none
 * @param consumers whether personal accounts may sign in to an application of a company
 */
public record BrokerApplication(String clientId, URI authority, long window, boolean consumers) {
    /**
     * The tenant of the authority.
     *
     * @return tenant id or name
     */
    String tenantId() {
        return authority.getPath().substring(1);
    }
}
