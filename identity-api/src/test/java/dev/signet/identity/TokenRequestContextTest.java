// SPDX-License-Identifier: MIT
package dev.signet.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRequestContextTest {
    private final TokenRequestContext one = TokenRequestContext.of("a/.default");

    @Test
    void of_scopesOnly_hasNothingElse() {
        assertEquals(List.of("a/.default"), one.scopes());
        assertEquals(Optional.empty(), one.tenantId());
        assertEquals(Optional.empty(), one.claims());
        assertFalse(one.caeEnabled());
    }

    @Test
    void scopes_keepTheCallersOrderAndACopy() {
        List<String> scopes = new ArrayList<>(List.of("b", "a"));
        TokenRequestContext request = TokenRequestContext.of(scopes);
        scopes.clear();
        assertEquals(List.of("b", "a"), request.scopes());
        assertThrows(UnsupportedOperationException.class, () -> request.scopes().add("c"));
    }

    @Test
    void equals_orderOfScopesAndCaseOfTenant_doNotMatter() {
        TokenRequestContext left = TokenRequestContext.of("a", "b", "c").withTenantId("Contoso.COM");
        TokenRequestContext right = TokenRequestContext.of("c", "a", "b").withTenantId("contoso.com");
        assertEquals(left, right);
        assertEquals(left.hashCode(), right.hashCode());
        assertEquals(left, left);
    }

    @Test
    void equals_anyOtherDifference_matters() {
        List<TokenRequestContext> all = List.of(
                one,
                TokenRequestContext.of("A/.default"),
                TokenRequestContext.of("a/.default", "b"),
                one.withTenantId("t"),
                one.withTenantId("u"),
                one.withClaims("{}"),
                one.withClaims("{\"a\":1}"),
                one.withCaeEnabled(true));
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < all.size(); j++) {
                if (i != j) {
                    assertNotEquals(all.get(i), all.get(j));
                }
            }
        }
        assertNotEquals(one, "a/.default");
        assertNotEquals(one, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "a\n", "\u00a0a", "a\u2003b", "a\u007f", "\0"})
    void of_blankOrWhiteSpace_isRefused(String scope) {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> TokenRequestContext.of("ok", scope));
        assertEquals(
                "a scope must not be blank or contain white space; pass several scopes as several arguments",
                failure.getMessage());
    }

    @Test
    void of_noScope_isRefused() {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> TokenRequestContext.of(List.of()));
        assertEquals(
                "scopes must not be empty; name one such as https://vault.azure.net/.default", failure.getMessage());
        assertThrows(IllegalArgumentException.class, () -> TokenRequestContext.of());
        assertThrows(NullPointerException.class, () -> TokenRequestContext.of("a", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"contoso.onmicrosoft.com", "72f988bf-86f1-41af-91ab-2d7cd011db47", "common", "A-1.b"})
    void withTenantId_idOrDomain_isTaken(String tenant) {
        assertEquals(Optional.of(tenant), one.withTenantId(tenant).tenantId());
    }

    @Test
    void withTenantId_longerThanAnyName_isRefused() {
        assertEquals(
                256, one.withTenantId("a".repeat(256)).tenantId().orElseThrow().length());
        assertThrows(IllegalArgumentException.class, () -> one.withTenantId("a".repeat(257)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "../x",
                ".",
                "..",
                "a..b",
                "a/b",
                "a\\b",
                "a?b",
                "a#b",
                "a%2Fb",
                "caf\u00e9",
                "-h",
                "a\n"
            })
    void withTenantId_otherCharacters_isRefusedWithoutShowingThem(String tenant) {
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> one.withTenantId(tenant));
        assertEquals(
                "tenantId must consist of letters, digits, '.' and '-'; give the directory (tenant) id or a domain"
                        + " name, both shown on the tenant's overview page",
                failure.getMessage());
    }

    @Test
    void withClaims_object_isStripped() {
        assertEquals(Optional.of("{\"a\":1}"), one.withClaims(" {\"a\":1}\n").claims());
    }

    @ParameterizedTest
    @ValueSource(strings = {"eyJhIjoiPz8/fn5+In0=", "eyJhIjoiPz8_fn5-In0", " eyJhIjoiPz8/fn5+In0\n"})
    void withClaims_base64_isDecodedOnce(String claims) {
        TokenRequestContext decoded = one.withClaims(claims);
        assertEquals(Optional.of("{\"a\":\"???~~~\"}"), decoded.claims());
        assertEquals(one.withClaims("{\"a\":\"???~~~\"}"), decoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bm9wZQ==", "[]", "{", "null"})
    void withClaims_noObject_isRefused(String claims) {
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> one.withClaims(claims));
        assertEquals(
                "claims must be a JSON object such as {\"access_token\":{...}}, or the Base64 of one as a challenge"
                        + " has it",
                failure.getMessage());
    }

    @Test
    void with_keepsTheOtherParts() {
        TokenRequestContext full = one.withTenantId("t").withClaims("{}").withCaeEnabled(true);
        assertEquals(one.withTenantId("t").withCaeEnabled(true), full.withoutClaims());
        assertEquals(one.withClaims("{}").withCaeEnabled(true), full.withoutTenantId());
        assertEquals(one.withTenantId("t").withClaims("{}"), full.withCaeEnabled(false));
        assertTrue(full.withTenantId("u").caeEnabled());
        assertEquals(Optional.of("{}"), full.withTenantId("u").claims());
    }

    @Test
    void with_nothingToChange_returnsTheSame() {
        assertSame(one, one.withoutClaims());
        assertSame(one, one.withoutTenantId());
        assertSame(one, one.withCaeEnabled(false));
    }

    @Test
    void toString_showsThatThereAreClaimsNotWhich() {
        assertEquals(
                "TokenRequestContext[scopes=[a/.default], tenantId=default, claims=no, caeEnabled=false]",
                one.toString());
        assertEquals(
                "TokenRequestContext[scopes=[a/.default], tenantId=t, claims=yes, caeEnabled=true]",
                one.withTenantId("t")
                        .withClaims("{\"canary\":1}")
                        .withCaeEnabled(true)
                        .toString());
    }
}
