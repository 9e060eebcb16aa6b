// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Secret;
import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.TokenRequestContext;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AccountCacheTest extends EntraFixture {
    private static final AuthorizationCode CODE =
            AuthorizationCode.of(Secret.of("K"), URI.create("http://localhost:8400"));

    private final MemoryStore store = new MemoryStore();
    private final MemoryStore caeStore = new MemoryStore();

    private UserClient client() {
        return builder()
                .persistence(TokenCachePersistenceOptions.defaults())
                .stores((name, options, caeEnabled, unused) -> caeEnabled ? caeStore : store)
                .build();
    }

    @Test
    void store_works_isSharedBetweenClients() {
        AuthenticationRecord account = client().redeem(CODE, REQUEST).account();

        assertEquals("at1", client().silent(account, REQUEST).token().token());
        assertEquals(1, entra.requests().size());
    }

    @Test
    @DisplayName("PC02 revocable tokens apart")
    void store_caeRequest_isAnother() {
        client().redeem(CODE, REQUEST.withCaeEnabled(true));

        assertEquals("", store.text);
        assertTrue(caeStore.text.contains("\"at1\""));
    }

    @Test
    @DisplayName("PC16 the store throws")
    void store_fails_isSaidOnceAndNotFatal() {
        store.readable = false;
        UserClient client = client();
        try (LogCapture log = LogCapture.start()) {
            AuthenticationRecord account = client.redeem(CODE, REQUEST).account();
            assertEquals("at1", client.silent(account, REQUEST).token().token());
            client.silent(account, TokenRequestContext.of("other"));

            List<ILoggingEvent> warnings = log.at(Level.WARN);
            assertEquals(1, warnings.size());
            assertEquals(
                    "TestCredential: the token cache cannot be kept on disk, sign-ins last as long as this process:"
                            + " java.io.IOException: no space left on device",
                    warnings.get(0).getFormattedMessage());
        }
        assertEquals(2, entra.requests().size());
    }

    @Test
    void store_full_keepsTheSignInInMemoryAndOffersItAgain() {
        store.writable = false;
        UserClient client = client();
        AuthenticationRecord account = client.redeem(CODE, REQUEST).account();
        assertEquals("at1", client.silent(account, REQUEST).token().token());
        assertEquals("", store.text);

        store.writable = true;
        entra.next("token", 200, ScriptedEntra.tokenBody("o-2", "mario@contoso.com", "at", 3599, ""));
        client.redeem(CODE, REQUEST);

        assertTrue(store.text.contains("maria@contoso.com"), store.text);
        assertTrue(store.text.contains("mario@contoso.com"), store.text);
    }

    @Test
    void store_corrupt_isAnEmptyCacheAndReplaced() {
        store.text = "{\"Account\":";
        UserClient client = client();
        assertEquals(List.of(), client.accounts(false));

        client.redeem(CODE, REQUEST);

        assertEquals(1, client.accounts(false).size());
    }

    @Test
    void store_mustNotBeUsed_failsTheRequest() {
        ClientAuthenticationException unsafe = new ClientAuthenticationException(
                FailureDetails.rejected(NAME, "the cache is a link").build());
        UserClient client = builder()
                .persistence(TokenCachePersistenceOptions.defaults())
                .stores((name, options, caeEnabled, unused) -> new TokenCacheStore() {
                    @Override
                    public String read() {
                        throw unsafe;
                    }

                    @Override
                    public void update(java.util.function.UnaryOperator<String> change) {
                        throw unsafe;
                    }
                })
                .build();

        assertEquals(unsafe, assertThrows(ClientAuthenticationException.class, () -> client.redeem(CODE, REQUEST)));
    }

    @Test
    @DisplayName("PC18 account removed elsewhere")
    void store_accountRemovedElsewhere_isNotBroughtBack() {
        UserClient client = client();
        client.redeem(CODE, REQUEST);
        entra.next("token", 200, ScriptedEntra.tokenBody("o-2", "mario@contoso.com", "at", 3599, ""));
        AuthenticationRecord mario = client.redeem(CODE, REQUEST).account();
        assertEquals(2, client.accounts(false).size());

        String marioOnly = new MarioOnly(store.text).text();
        store.text = marioOnly;
        entra.next("token", 200, ScriptedEntra.tokenBody("o-2", "mario@contoso.com", "at2", 3599, ""));
        client.silent(mario, TokenRequestContext.of("other"));

        assertFalse(store.text.contains("maria@contoso.com"), store.text);
        assertTrue(store.text.contains("\"at2\""), store.text);
    }

    /** The cache without the entries of the first user. */
    private record MarioOnly(String all) {
        String text() {
            return all.replaceAll("\"" + ScriptedEntra.OBJECT_ID + "[^{]*\\{[^}]*\\},?", "")
                    .replace(",}", "}");
        }
    }

    @Test
    void toString_cache_showsNoToken() {
        UserClient client = client();
        client.redeem(CODE, REQUEST);

        assertEquals("UserClient[TestCredential, " + CLIENT_ID + "]", client.toString());
    }
}
