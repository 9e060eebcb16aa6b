// SPDX-License-Identifier: MIT
package dev.signet.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BearerTokensTest {
    private final List<TokenRequestContext> requests = new ArrayList<>();
    private final TokenCredential credential = request -> {
        requests.add(request);
        return AccessToken.of("t" + requests.size(), Instant.now().plusSeconds(3600), "Test");
    };

    @Test
    void supplier_asksTheCredentialOnceAndOnlyForWhatWasAsked() {
        Supplier<String> tokens = BearerTokens.supplier(credential, "a/.default", "b");
        assertEquals(List.of(), requests);
        assertEquals("t1", tokens.get());
        assertEquals("t1", tokens.get());
        assertEquals(List.of(TokenRequestContext.of("a/.default", "b")), requests);
    }

    @Test
    void supplier_requestWithTenantAndCae_isPassedOn() {
        TokenRequestContext request =
                TokenRequestContext.of("a").withTenantId("t").withCaeEnabled(true);
        assertEquals("t1", BearerTokens.supplier(credential, request).get());
        assertEquals("t2", BearerTokens.asyncSupplier(credential, request).get().join());
        assertEquals(List.of(request, request), requests);
    }

    @Test
    void authorizationHeader_isTypeAndToken() {
        assertEquals(
                "Bearer t1", BearerTokens.authorizationHeader(credential, "a").get());
        TokenCredential pop = request -> credential.getToken(request).withTokenType("pop");
        assertEquals("pop t2", BearerTokens.authorizationHeader(pop, "a").get());
    }

    @Test
    void asyncSupplier_freshToken_isCompleteAtOnce() {
        Supplier<CompletableFuture<String>> tokens = BearerTokens.asyncSupplier(credential, "a");
        assertEquals("t1", tokens.get().join());
        assertEquals("t1", tokens.get().getNow("pending"));
    }

    @Test
    void suppliers_credentialFails_throwTheCredentialsOwnException() {
        CredentialUnavailableException failure = new CredentialUnavailableException("Test", "absent", "Add it.");
        TokenCredential failing = request -> {
            throw failure;
        };
        assertSame(
                failure, assertThrows(CredentialUnavailableException.class, BearerTokens.supplier(failing, "a")::get));
        CompletableFuture<String> future =
                BearerTokens.asyncSupplier(failing, "a").get();
        assertSame(
                failure, assertThrows(CompletionException.class, future::join).getCause());
    }

    @Test
    void suppliers_noScope_areRefusedWhenMade() {
        assertThrows(IllegalArgumentException.class, () -> BearerTokens.supplier(credential));
        assertThrows(IllegalArgumentException.class, () -> BearerTokens.asyncSupplier(credential));
        assertThrows(IllegalArgumentException.class, () -> BearerTokens.authorizationHeader(credential, " "));
    }

    @Test
    void credential_asyncDefault_completesWithWhatGetTokenGives() {
        assertEquals(
                "t1",
                credential.getTokenAsync(TokenRequestContext.of("a")).join().token());
        credential.close();
    }
}
