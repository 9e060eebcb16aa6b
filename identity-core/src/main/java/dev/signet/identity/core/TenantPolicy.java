// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.ProviderContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/**
 * Decides which tenant a request is for: the credential's own, or another one that it was allowed to serve.
 * Comparisons ignore case. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TenantPolicy {
    private static final String MULTI_TENANT_SWITCH = "AZURE_IDENTITY_DISABLE_MULTITENANTAUTH";

    private final String credentialName;
    private final String tenantId;
    private final List<String> allowed;
    private final boolean fixed;
    private final Logger log;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    private TenantPolicy(String credentialName, String tenantId, List<String> allowed, boolean fixed, Logger log) {
        this.credentialName = credentialName;
        this.tenantId = tenantId;
        this.allowed = allowed;
        this.fixed = fixed;
        this.log = log;
    }

    /**
     * The policy of a credential.
     *
     * @param credentialName for messages
     * @param tenantId the credential's own tenant; {@code organizations} allows any other
     * @param context further tenants, and {@code AZURE_IDENTITY_DISABLE_MULTITENANTAUTH}, which with {@code true} or
     *     {@code 1} keeps the credential to its own tenant
     * @param log where use of another tenant is noted
     * @return the policy
     * @throws IllegalArgumentException if the tenant has other characters than letters, digits, dots and hyphens
     */
    public static TenantPolicy of(String credentialName, String tenantId, ProviderContext context, Logger log) {
        String disabled =
                context.environment().get(MULTI_TENANT_SWITCH).orElse("").strip();
        boolean fixed = disabled.equals("1") || disabled.equalsIgnoreCase("true") || tenantId.equalsIgnoreCase("adfs");
        return new TenantPolicy(
                credentialName,
                TokenRequestContext.checkedTenantId(tenantId),
                context.additionallyAllowedTenants(),
                fixed,
                log);
    }

    /**
     * The same policy with other further tenants.
     *
     * @param tenants tenant ids; {@code *} means any
     * @return a new policy
     * @throws IllegalArgumentException if one has other characters than letters, digits, dots and hyphens
     */
    public TenantPolicy withAllowedTenants(List<String> tenants) {
        for (String tenant : tenants) {
            if (!tenant.equals("*")) {
                TokenRequestContext.checkedTenantId(tenant);
            }
        }
        return new TenantPolicy(credentialName, tenantId, List.copyOf(tenants), fixed, log);
    }

    /**
     * Reduces a request to one that names a tenant only when it is not the credential's own, so that equal requests
     * share one cached token.
     *
     * @param request the caller's request
     * @return the same request, or one without tenant
     * @throws ClientAuthenticationException if the tenant is not allowed
     */
    public TokenRequestContext resolve(TokenRequestContext request) {
        if (request.tenantId().isEmpty()) {
            return request;
        }
        String wanted = request.tenantId().get();
        if (wanted.equalsIgnoreCase(tenantId)) {
            return request.withoutTenantId();
        }
        if (fixed) {
            if (isNew(wanted)) {
                log.warn(
                        "{}: tenant {} was asked for, {} is used: other tenants are switched off",
                        credentialName,
                        wanted,
                        tenantId);
            }
            return request.withoutTenantId();
        }
        if (!isAllowed(wanted)) {
            throw new ClientAuthenticationException(
                    FailureDetails.rejected(credentialName, "it is not configured to get tokens for tenant " + wanted)
                            .remedy("Add the tenant, or *, to additionallyAllowedTenants or to"
                                    + " AZURE_ADDITIONALLY_ALLOWED_TENANTS.")
                            .build());
        }
        if (isNew(wanted)) {
            log.info("{}: tokens are had for tenant {} besides {}", credentialName, wanted, tenantId);
        }
        return request;
    }

    /**
     * The tenant of a resolved request.
     *
     * @param resolved what {@link #resolve} returned
     * @return the request's tenant, else the credential's own
     */
    public String tenantOf(TokenRequestContext resolved) {
        return resolved.tenantId().orElse(tenantId);
    }

    private boolean isAllowed(String wanted) {
        if (tenantId.equalsIgnoreCase("organizations")) {
            return true;
        }
        for (String tenant : allowed) {
            if (tenant.equals("*") || tenant.equalsIgnoreCase(wanted)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNew(String wanted) {
        return told.size() < 100 && told.add(wanted);
    }
}
