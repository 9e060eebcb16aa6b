// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.JwtSigner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How an application proves itself: by a secret or by an assertion (RFC 7523). */
final class ClientAuthentication {
    static final Set<String> PARAMETERS = Set.of("client_secret", "client_assertion", "client_assertion_type");
    static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration SKEW = Duration.ofMinutes(5);

    private ClientAuthentication() {}

    static void check(RecordedRequest request, RequestCheck check) {
        boolean secret = request.form("client_secret").isPresent();
        boolean assertion = request.form("client_assertion").isPresent();
        boolean type = request.form("client_assertion_type").isPresent();
        check.problem(secret && (assertion || type), "form has both a secret and an assertion");
        check.problem(assertion != type, "form has only one of client_assertion and client_assertion_type");
    }

    /** What is wrong with the application's proof, or null. */
    static @Nullable EntraError refusal(TokenCall call) {
        String secret = call.field("client_secret");
        String assertion = call.field("client_assertion");
        if (!secret.isEmpty()) {
            return call.application().hasSecret(secret)
                    ? null
                    : EntraError.invalidClient(
                            7000215,
                            "Invalid client secret provided. Ensure the secret being sent in the request is the client"
                                    + " secret value, not the client secret ID, for a secret added to app '"
                                    + call.application().clientId() + "'.");
        }
        if (assertion.isEmpty()) {
            return EntraError.invalidClient(
                    7000216,
                    "'client_assertion', 'client_secret' or 'request' is required for the '" + call.field("grant_type")
                            + "' grant type.");
        }
        if (!call.field("client_assertion_type").equals(ASSERTION_TYPE)) {
            return EntraError.malformed("client_assertion_type");
        }
        return call.application().accepts(assertion) ? null : federated(call, JwtSigner.claims(assertion));
    }

    private static @Nullable EntraError federated(TokenCall call, @Nullable Map<String, @Nullable Object> claims) {
        if (claims == null) {
            return EntraError.badRequest("invalid_request", 50027, "JWT token is invalid or malformed.");
        }
        if (!inTime(call, claims)) {
            return EntraError.invalidClient(
                    700024,
                    "Client assertion is not within its valid time range. Current time: "
                            + call.issuer().now() + ".");
        }
        List<Application.FederatedCredential> known = call.application().federatedCredentials();
        if (known.isEmpty()) {
            return noMatch(70021, "assertion");
        }
        known = known.stream()
                .filter(credential -> credential.issuer().equals(claims.get("iss")))
                .toList();
        if (known.isEmpty()) {
            return noMatch(700211, "assertion issuer '" + claims.get("iss") + "'");
        }
        known = known.stream()
                .filter(credential -> credential.subject().equals(claims.get("sub")))
                .toList();
        if (known.isEmpty()) {
            return noMatch(700213, "assertion subject '" + claims.get("sub") + "'");
        }
        return known.stream().anyMatch(credential -> credential.audience().equals(claims.get("aud")))
                ? null
                : noMatch(700212, "assertion audience '" + claims.get("aud") + "'");
    }

    private static EntraError noMatch(int code, String what) {
        return EntraError.invalidClient(
                code, "No matching federated identity record found for presented " + what + ".");
    }

    private static boolean inTime(TokenCall call, Map<String, @Nullable Object> claims) {
        double now = call.issuer().now().getEpochSecond();
        double skew = SKEW.toSeconds();
        return claims.get("exp") instanceof Double expiry
                && expiry + skew > now
                && (!(claims.get("nbf") instanceof Double start) || start - skew <= now);
    }
}
