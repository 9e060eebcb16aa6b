// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.JwtSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an application proves itself: by a secret, by an assertion that it signed itself, or by one of a federated
 * issuer (RFC 7523).
 */
final class ClientAuthentication {
    static final Set<String> PARAMETERS = Set.of("client_secret", "client_assertion", "client_assertion_type");
    static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration SKEW = Duration.ofMinutes(5);

    private ClientAuthentication() {}

    static void check(RecordedRequest request, TokenAddress address, RequestCheck check) {
        boolean secret = request.form("client_secret").isPresent();
        boolean assertion = request.form("client_assertion").isPresent();
        boolean type = request.form("client_assertion_type").isPresent();
        check.problem(secret && (assertion || type), "form has both a secret and an assertion");
        check.problem(assertion != type, "form has only one of client_assertion and client_assertion_type");
        CertificateAssertion own = CertificateAssertion.read(request);
        if (own != null) {
            own.check(request.form("client_id").orElse(""), address, check);
        }
    }

    /** What is wrong with the application's proof, or null. */
    static @Nullable EntraError refusal(TokenCall call) {
        String secret = call.field("client_secret");
        String assertion = call.field("client_assertion");
        if (!secret.isEmpty()) {
            return refusal(call, secret);
        }
        if (assertion.isEmpty()) {
            String grant = call.field("grant_type");
            return grant.equals(ClientCredentialsGrant.TYPE)
                    ? EntraError.of(7000216)
                            .text("'client_assertion', 'client_secret' or 'request' is required for the '" + grant
                                    + "' grant type.")
                    : EntraError.of(7000218);
        }
        if (!call.field("client_assertion_type").equals(ASSERTION_TYPE)) {
            return EntraError.malformed("client_assertion_type");
        }
        if (call.application().accepts(assertion)) {
            return null;
        }
        CertificateAssertion own = CertificateAssertion.read(call.request());
        return own == null ? federated(call, JwtSigner.claims(assertion)) : own.refusal(call);
    }

    private static @Nullable EntraError refusal(TokenCall call, String secret) {
        Application application = call.application();
        Application.ClientSecret known = application.secret(secret).orElse(null);
        if (known == null) {
            return EntraError.of(7000215)
                    .text("Invalid client secret provided. Ensure the secret being sent in the request is the client"
                            + " secret value, not the client secret ID, for a secret added to app '"
                            + application.clientId() + "'.");
        }
        Instant end = known.expiresOn();
        return end == null || call.issuer().now().isBefore(end)
                ? null
                : EntraError.of(7000222)
                        .text("The provided client secret keys for app '" + application.clientId() + "' are expired.");
    }

    private static @Nullable EntraError federated(TokenCall call, @Nullable Map<String, @Nullable Object> claims) {
        if (claims == null) {
            return EntraError.of(50027);
        }
        if (!inTime(call, seconds(claims.get("nbf")), seconds(claims.get("exp")))) {
            return outOfTime(call);
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

    static EntraError outOfTime(TokenCall call) {
        return EntraError.of(700024)
                .text("Client assertion is not within its valid time range. Current time: "
                        + call.issuer().now() + ".");
    }

    /** Whether it is the time of an assertion; one that does not say when it starts has started. */
    static boolean inTime(TokenCall call, @Nullable Double start, @Nullable Double end) {
        double now = call.issuer().now().getEpochSecond();
        double skew = SKEW.toSeconds();
        return end != null && end + skew > now && (start == null || start - skew <= now);
    }

    /** A time in a claim: a number, or the text of one, as MSAL.NET sends it; null where it is neither. */
    static @Nullable Double seconds(@Nullable Object claim) {
        try {
            return claim instanceof String text ? Double.valueOf(text) : claim instanceof Double number ? number : null;
        } catch (NumberFormatException malformed) {
            return null;
        }
    }
}
