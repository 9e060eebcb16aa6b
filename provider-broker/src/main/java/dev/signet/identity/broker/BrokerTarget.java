// SPDX-License-Identifier: MIT
package dev.signet.identity.broker;

import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.broker.internal.brokers.BrokerApplication;
import dev.signet.identity.core.TenantPolicy;
import java.net.URI;
import java.util.function.LongSupplier;

/**
 * Who asks whom: the application, its sign-in host and tenants, and the window of its dialogs.
 *
 * @param credentialName for messages
 * @param clientId the application
 * @param authorityHost an address that ends with a slash
 * @param tenants which tenants may be asked for
 * @param window asked before each request, since windows come and go
 * @param consumers whether personal accounts may sign in too
 */
record BrokerTarget(
        String credentialName,
        String clientId,
        URI authorityHost,
        TenantPolicy tenants,
        LongSupplier window,
        boolean consumers) {
    /** The application as it asks for a request that {@link TenantPolicy#resolve} has seen. */
    BrokerApplication application(TokenRequestContext resolved) {
        return application(tenants.tenantOf(resolved));
    }

    /** The application as it asks for tokens of a tenant. */
    BrokerApplication application(String tenantId) {
        if (tenantId.equalsIgnoreCase("adfs")) {
            throw new CredentialUnavailableException(FailureDetails.unavailable(
                            credentialName, UnavailableReason.NOT_SUPPORTED, "brokers know no users of AD FS")
                    .remedy("Set tenantId to a tenant of Entra.")
                    .build());
        }
        return new BrokerApplication(clientId, URI.create(authorityHost + tenantId), window.getAsLong(), consumers);
    }
}
