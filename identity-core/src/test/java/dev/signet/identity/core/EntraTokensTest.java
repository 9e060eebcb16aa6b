// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.ProviderContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class EntraTokensTest {
    private static final TokenRequestContext REQUEST = TokenRequestContext.of("https://x/.default");

    private final TestContexts contexts = new TestContexts();
    private final List<TokenRequestContext> fetched = new ArrayList<>();
    private final EntraTokens tokens = tokens();

    private EntraTokens tokens() {
        ProviderContext context =
                contexts.builder().additionallyAllowedTenants(List.of("friend")).build();
        TokenSource source = (request, rejected) -> {
            fetched.add(request);
            return AccessToken.of("AT" + fetched.size(), contexts.instant().plusSeconds(3600), "Test");
        };
        return new EntraTokens(
                TenantPolicy.of("Test", "own", context, LoggerFactory.getLogger("test")),
                TokenCache.of("Test", context, source, LoggerFactory.getLogger("test")));
    }

    @Test
    void get_ownTenantByName_sharesTheToken() {
        AccessToken token = tokens.get(REQUEST);
        assertSame(token, tokens.get(REQUEST.withTenantId("OWN")));
        assertSame(token, tokens.getAsync(REQUEST).join());
        assertEquals(List.of(REQUEST), fetched);
    }

    @Test
    void get_otherTenant_hasATokenOfItsOwn() {
        tokens.get(REQUEST);
        assertEquals("AT2", tokens.get(REQUEST.withTenantId("friend")).token());
    }

    @Test
    void get_tenantNotAllowed_failsBothWays() {
        TokenRequestContext stranger = REQUEST.withTenantId("stranger");
        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> tokens.get(stranger));
        Throwable async = assertThrows(CompletionException.class, () -> tokens.getAsync(stranger)
                        .join())
                .getCause();
        assertEquals(failure.getMessage(), async.getMessage());
        assertTrue(fetched.isEmpty());
    }

    @Test
    void inChain_hasACacheOfItsOwnThatIsClearedToo() {
        EntraTokens chained = tokens.inChain();
        assertSame(chained, tokens.inChain());
        assertEquals("AT1", tokens.get(REQUEST).token());
        assertEquals("AT2", chained.get(REQUEST).token());
        tokens.clear();
        assertEquals("AT3", tokens.get(REQUEST).token());
        assertEquals("AT4", chained.get(REQUEST).token());
    }
}
