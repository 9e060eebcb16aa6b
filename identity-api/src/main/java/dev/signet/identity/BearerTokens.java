// SPDX-License-Identifier: MIT
package dev.signet.identity;

import dev.signet.identity.spi.TaskExecutor;
import dev.signet.identity.spi.TokenCell;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Turns a credential into what HTTP clients and SDKs want: a supplier of the bare token or of the header's value.
 * Suppliers are thread-safe, keep the token until it should be renewed, and throw what the credential throws. No
 * request is made but the credential's own.
 *
 * @since 0.1.0
 */
public final class BearerTokens {
    private BearerTokens() {}

    /**
     * A supplier of bare tokens.
     *
     * @param credential where tokens come from
     * @param scopes at least one scope
     * @return a supplier of the text behind {@code Bearer }
     * @throws IllegalArgumentException if a scope is missing or malformed
     */
    public static Supplier<String> supplier(TokenCredential credential, String... scopes) {
        return supplier(credential, TokenRequestContext.of(scopes));
    }

    /**
     * A supplier of bare tokens for a request with tenant or CAE.
     *
     * @param credential where tokens come from
     * @param request what to ask for
     * @return a supplier of the text behind {@code Bearer }
     */
    public static Supplier<String> supplier(TokenCredential credential, TokenRequestContext request) {
        TokenCell cell = cell(credential, request);
        return () -> cell.get().token();
    }

    /**
     * A supplier of futures of bare tokens; they complete at once while the token is fresh.
     *
     * @param credential where tokens come from
     * @param scopes at least one scope
     * @return a supplier of futures
     * @throws IllegalArgumentException if a scope is missing or malformed
     */
    public static Supplier<CompletableFuture<String>> asyncSupplier(TokenCredential credential, String... scopes) {
        return asyncSupplier(credential, TokenRequestContext.of(scopes));
    }

    /**
     * A supplier of futures of bare tokens for a request with tenant or CAE.
     *
     * @param credential where tokens come from
     * @param request what to ask for
     * @return a supplier of futures
     */
    public static Supplier<CompletableFuture<String>> asyncSupplier(
            TokenCredential credential, TokenRequestContext request) {
        TokenCell cell = cell(credential, request);
        return () -> cell.getAsync().thenApply(AccessToken::token);
    }

    /**
     * A supplier of the value of the {@code Authorization} header (RFC 6750 section 2.1).
     *
     * @param credential where tokens come from
     * @param scopes at least one scope
     * @return a supplier of {@code Bearer } and the token
     * @throws IllegalArgumentException if a scope is missing or malformed
     */
    public static Supplier<String> authorizationHeader(TokenCredential credential, String... scopes) {
        TokenCell cell = cell(credential, TokenRequestContext.of(scopes));
        return () -> {
            AccessToken token = cell.get();
            return token.tokenType() + " " + token.token();
        };
    }

    private static TokenCell cell(TokenCredential credential, TokenRequestContext request) {
        return new TokenCell(() -> credential.getToken(request), Clock.systemUTC(), TaskExecutor.shared(), () -> 0);
    }
}
