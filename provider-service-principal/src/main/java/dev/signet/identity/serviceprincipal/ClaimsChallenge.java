// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.core.AuthorityHost;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The answer of a web API whose user must act before it can call another API on the user's behalf: status 401 with this
 * value of {@code WWW-Authenticate} has the client ask the user.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/claims-challenge">Claims challenges</a>
 * @since 0.1.0
 */
public final class ClaimsChallenge {
    private ClaimsChallenge() {}

    /**
     * The header's value for a failure.
     *
     * @param failure what {@link OnBehalfOfCredential#getToken} threw
     * @param authorityHost the sign-in host of the client's cloud
     * @param tenantId where the client signs in, for example {@code common}
     * @return the value; empty when the failure carries no claims
     * @throws IllegalArgumentException if host or tenant is malformed
     */
    public static Optional<String> wwwAuthenticate(
            ClientAuthenticationException failure, String authorityHost, String tenantId) {
        String address = AuthorityHost.tokenEndpoint(AuthorityHost.parse("authorityHost", authorityHost), tenantId)
                .toString();
        String authorize = address.substring(0, address.length() - "token".length()) + "authorize";
        return failure.details()
                .claims()
                .map(claims -> "Bearer realm=\"\", authorization_uri=\"" + authorize
                        + "\", error=\"insufficient_claims\", claims=\""
                        + Base64.getEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "\"");
    }
}
