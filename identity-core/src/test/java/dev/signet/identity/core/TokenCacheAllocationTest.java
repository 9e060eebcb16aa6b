// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.helpers.NOPLogger;

/** A hit allocates nothing, not even for an equal request that is another object. */
class TokenCacheAllocationTest {
    private static final int CALLS = 100_000;

    private final TokenCache cache = TokenCache.of(
            "Test",
            StandardContext.builder().clock(Clock.systemUTC()).build(),
            (request, refused) ->
                    AccessToken.of("t", Clock.systemUTC().instant().plusSeconds(3600), "Test"),
            NOPLogger.NOP_LOGGER);

    static List<List<TokenRequestContext>> requests() {
        TokenRequestContext one = TokenRequestContext.of("https://vault.azure.net/.default");
        TokenRequestContext tenant = one.withTenantId("contoso.example");
        return List.of(
                List.of(one, one),
                List.of(one, TokenRequestContext.of("https://vault.azure.net/.default")),
                List.of(tenant, one.withTenantId("CONTOSO.example")),
                List.of(TokenRequestContext.of("a", "b", "c"), TokenRequestContext.of("c", "b", "a")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void get_hit_allocatesNothing(List<TokenRequestContext> pair) {
        cache.get(pair.get(0));
        TokenRequestContext request = pair.get(1);
        assertEquals(0, new AllocationMeter().leastBytes(() -> hits(request)), "bytes for " + CALLS + " hits");
    }

    private void hits(TokenRequestContext request) {
        for (int i = 0; i < CALLS; i++) {
            if (!cache.get(request).token().equals("t")) {
                throw new AssertionError("wrong token");
            }
        }
    }
}
