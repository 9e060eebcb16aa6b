// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools.internal;

import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.ProviderContext;
import java.util.Optional;

/** The tenant of a tool in a chain: one variable tells all credentials of a chain which tenant it is about. */
final class ChainTenant {
    private static final String VARIABLE = "AZURE_TENANT_ID";

    private ChainTenant() {}

    /** The tenant given in code, else the variable's. */
    static Optional<String> of(ProviderContext context) {
        Optional<String> variable = context.environment().get(VARIABLE);
        if (context.tenantId().isPresent() || variable.isEmpty()) {
            return context.tenantId();
        }
        try {
            return Optional.of(
                    TokenRequestContext.checkedTenantId(variable.get().strip()));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(VARIABLE + " must be a tenant id or a domain name", malformed);
        }
    }
}
