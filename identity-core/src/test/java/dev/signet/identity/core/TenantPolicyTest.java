// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantPolicyTest {
    private static final TokenRequestContext REQUEST = TokenRequestContext.of("a");

    private final RecordingLogger log = new RecordingLogger();

    @ParameterizedTest(name = "own {0}, wanted {1}, allowed {2}, switch {3}: {4}")
    @CsvSource({
        "own, , '', , own",
        "own, own, '', , own",
        "own, OWN, '', , own",
        "own, other, *, , other",
        "own, other, 'x;other', , other",
        "own, Other, 'x,OTHER', , Other",
        "own, other, *, true, own",
        "own, other, *, TRUE, own",
        "own, other, '', 1, own",
        "own, other, *, 0, other",
        "adfs, other, *, , adfs",
        "ADFS, other, '', , ADFS",
        "organizations, other, '', , other",
    })
    void resolve_decidesTheTenant(String own, String wanted, String allowed, String disabled, String expected) {
        TenantPolicy policy = policy(own, allowed, disabled);
        TokenRequestContext request = wanted == null ? REQUEST : REQUEST.withTenantId(wanted);
        TokenRequestContext resolved = policy.resolve(request);
        assertEquals(expected, policy.tenantOf(resolved));
        assertEquals(expected.equals(own), resolved.tenantId().isEmpty());
    }

    @Test
    void resolve_tenantNotAllowed_isRejectedWithTheRemedy() {
        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> policy("own", "x", null)
                        .resolve(REQUEST.withTenantId("other")));
        assertEquals(
                "Test: it is not configured to get tokens for tenant other. Add the tenant, or *, to"
                        + " additionallyAllowedTenants or to AZURE_ADDITIONALLY_ALLOWED_TENANTS.",
                failure.getMessage());
        assertEquals(Outcome.REJECTED, failure.outcome());
    }

    @Test
    void resolve_noTenantAsked_returnsTheSameRequest() {
        assertSame(REQUEST, policy("own", "", null).resolve(REQUEST));
    }

    @Test
    void resolve_otherTenant_isToldOncePerTenant() {
        TenantPolicy policy = policy("own", "*", null);
        policy.resolve(REQUEST.withTenantId("a"));
        policy.resolve(REQUEST.withTenantId("a"));
        policy.resolve(REQUEST.withTenantId("b"));
        policy("own", "", "1").resolve(REQUEST.withTenantId("c"));
        assertEquals(
                List.of(
                        "INFO Test: tokens are had for tenant a besides own",
                        "INFO Test: tokens are had for tenant b besides own",
                        "WARN Test: tenant c was asked for, own is used: other tenants are switched off"),
                log.lines());
    }

    @Test
    void of_malformedTenant_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> policy("../x", "", null));
    }

    private TenantPolicy policy(String own, String allowed, String disabled) {
        return TenantPolicy.of(
                "Test",
                own,
                new TestContexts()
                        .with(Map.of(
                                "AZURE_ADDITIONALLY_ALLOWED_TENANTS",
                                allowed,
                                "AZURE_IDENTITY_DISABLE_MULTITENANTAUTH",
                                disabled == null ? "" : disabled)),
                log);
    }
}
