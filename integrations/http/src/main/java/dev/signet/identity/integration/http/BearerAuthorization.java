// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.http;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Which token goes to which hosts. Requests to other hosts, over plain HTTP (but to this machine) or with an
 * {@code Authorization} header of their own are left alone. A 401 with a claims challenge is answered once, with a new
 * token. Thread-safe; the credential stays the caller's to close.
 *
 * @since 0.1.0
 */
public final class BearerAuthorization {
    static final String HEADER = "Authorization";
    static final String CHALLENGE_HEADER = "WWW-Authenticate";
    static final int UNAUTHORIZED = 401;

    private final TokenCredential credential;
    private final TokenRequestContext request;
    private final List<AllowedHost> hosts;

    private BearerAuthorization(TokenCredential credential, TokenRequestContext request, List<AllowedHost> hosts) {
        this.credential = credential;
        this.request = request;
        this.hosts = hosts;
    }

    /**
     * Tokens for some hosts.
     *
     * @param credential where tokens come from
     * @param request what to ask for; with CAE, since challenges are answered
     * @param hosts at least one: {@code api.contoso.example}, {@code api.contoso.example:8443} or {@code
     *     *.vault.azure.net}; without a port the default port of the scheme is meant
     * @return for an interceptor
     * @throws IllegalArgumentException if no host is given or one is malformed
     */
    public static BearerAuthorization of(TokenCredential credential, TokenRequestContext request, String... hosts) {
        if (hosts.length == 0) {
            throw new IllegalArgumentException("hosts must not be empty; name those that the token is meant for");
        }
        return new BearerAuthorization(
                Objects.requireNonNull(credential),
                Objects.requireNonNull(request),
                Arrays.stream(hosts).map(AllowedHost::of).toList());
    }

    boolean covers(URI uri) {
        return uri.getScheme() != null
                && uri.getHost() != null
                && covers(uri.getScheme(), uri.getHost(), uri.getPort());
    }

    /** Whether a token may go there; the port is -1 where the address has none. */
    boolean covers(String scheme, String host, int port) {
        for (AllowedHost allowed : hosts) {
            if (allowed.matches(scheme, host, port)) {
                return true;
            }
        }
        return false;
    }

    /** The value of the header, with the claims of a challenge or without. */
    String header(@Nullable String claims) {
        return header(credential.getToken(request(claims)));
    }

    CompletableFuture<String> headerAsync(@Nullable String claims) {
        return credential.getTokenAsync(request(claims)).thenApply(BearerAuthorization::header);
    }

    private TokenRequestContext request(@Nullable String claims) {
        return claims == null ? request : request.withClaims(claims);
    }

    private static String header(AccessToken token) {
        return token.tokenType() + " " + token.token();
    }

    @Override
    public String toString() {
        return "BearerAuthorization[" + request + ", hosts=" + hosts + "]";
    }
}
