// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Jwt;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An assertion that an application signed with the key of one of its own certificates (RFC 7523 section 3). */
final class CertificateAssertion {
    private static final double MAX_LIFETIME = Duration.ofMinutes(10).toSeconds();

    private final Jwt jwt;
    private final AssertionHeader header;

    private CertificateAssertion(Jwt jwt) {
        this.jwt = jwt;
        this.header = new AssertionHeader(jwt);
    }

    /**
     * Reads the assertion of a request. It is the application's own if it says so of itself or names a certificate;
     * null if it is anything else. Federated issuers are addresses, and some of them name certificates too.
     */
    static @Nullable CertificateAssertion read(RecordedRequest request) {
        Jwt jwt = Jwt.parse(request.form("client_assertion").orElse(""));
        if (jwt == null || jwt.text("iss").contains("://")) {
            return null;
        }
        CertificateAssertion own = new CertificateAssertion(jwt);
        String clientId = request.form("client_id").orElse("");
        boolean said =
                jwt.text("iss").equalsIgnoreCase(clientId) || jwt.text("sub").equalsIgnoreCase(clientId);
        return said || own.header.namesACertificate() ? own : null;
    }

    /** The claim that no two assertions share. */
    String id() {
        return jwt.text("jti");
    }

    /** Adds what is wrong with the assertion, whoever's key it is. */
    void check(String clientId, TokenAddress address, RequestCheck check) {
        header.check(check);
        Object given = jwt.claims().get("nbf") == null
                ? jwt.claims().get("iat")
                : jwt.claims().get("nbf");
        Double start = ClientAuthentication.seconds(given);
        Double end = ClientAuthentication.seconds(jwt.claims().get("exp"));
        check.problem(!atHome(address), "assertion's aud is not the token endpoint")
                .problem(!jwt.text("iss").equalsIgnoreCase(clientId), "assertion's iss is not the client id")
                .problem(!jwt.text("sub").equalsIgnoreCase(clientId), "assertion's sub is not the client id")
                .problem(id().isBlank(), "assertion lacks jti")
                .problem(given == null, "assertion lacks nbf")
                .problem(given != null && !(given instanceof Double), "assertion's nbf is not a number")
                .problem(!(jwt.claims().get("exp") instanceof Double), "assertion's exp is not a number");
        if (start != null && end != null) {
            check.problem(end <= start, "assertion ends before it starts")
                    .problem(end - start > MAX_LIFETIME, "assertion lives for more than ten minutes");
        }
    }

    private boolean atHome(TokenAddress address) {
        return jwt.text("aud").equalsIgnoreCase(address.endpoint());
    }

    /** Why the application has not proved itself, or null. */
    @Nullable
    EntraError refusal(TokenCall call) {
        String clientId = call.application().clientId();
        if (!header.algorithmSupported()) {
            return EntraError.of(5002738);
        }
        if (header.mistyped()) {
            return EntraError.of(5002727);
        }
        if (!header.namesACertificate()) {
            return EntraError.of(5002723);
        }
        if (!jwt.text("iss").equalsIgnoreCase(clientId) || !jwt.text("sub").equalsIgnoreCase(clientId)) {
            return EntraError.of(700021);
        }
        if (!atHome(call.address())) {
            return EntraError.of(700023);
        }
        Double start = ClientAuthentication.seconds(jwt.claims().get("nbf"));
        Double end = ClientAuthentication.seconds(jwt.claims().get("exp"));
        if (!ClientAuthentication.inTime(call, start, end)) {
            return ClientAuthentication.outOfTime(call);
        }
        X509Certificate certificate = certificate(call.application());
        if (certificate == null) {
            return unproven("The key was not found.");
        }
        if (!jwt.verifies(certificate.getPublicKey())) {
            return unproven("The key was found, but its use to verify the signature failed.");
        }
        Instant now = call.issuer().now();
        boolean early = now.isBefore(certificate.getNotBefore().toInstant());
        boolean late = now.isAfter(certificate.getNotAfter().toInstant());
        return early || late ? unproven("The key used is expired.") : null;
    }

    private EntraError unproven(String reason) {
        return EntraError.of(700027)
                .text("The certificate with identifier used to sign the client assertion is not registered on"
                        + " application. [Reason - " + reason + ", Thumbprint of key used by client: '"
                        + header.thumbprint() + "']");
    }

    /** The certificate that the header names: registered itself, or brought along by a trusted subject. */
    private @Nullable X509Certificate certificate(Application application) {
        List<X509Certificate> candidates = new ArrayList<>(application.certificates());
        List<X509Certificate> chain = header.chain();
        for (Application.TrustedSubject trusted : application.trustedSubjects()) {
            if (!chain.isEmpty()
                    && chain.get(0).getSubjectX500Principal().equals(trusted.subject())
                    && endsAt(chain, trusted.issuer())) {
                candidates.add(chain.get(0));
            }
        }
        for (X509Certificate candidate : candidates) {
            if (header.names(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private static boolean endsAt(List<X509Certificate> chain, X509Certificate issuer) {
        return chain.indexOf(issuer) > 0 || AssertionHeader.signed(chain.get(chain.size() - 1), issuer);
    }
}
