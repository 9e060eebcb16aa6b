// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A code that a browser brought back (RFC 6749 section 4.1.3), with the verifier of its challenge (RFC 7636). */
final class AuthorizationCodeGrant implements Grant {
    private final SignIns signIns;
    private final UserGrants users;

    AuthorizationCodeGrant(SignIns signIns, UserGrants users) {
        this.signIns = signIns;
        this.users = users;
    }

    @Override
    public String type() {
        return "authorization_code";
    }

    @Override
    public Set<String> parameters() {
        return Set.of("code", "redirect_uri", "code_verifier");
    }

    @Override
    public boolean confidential() {
        return false;
    }

    @Override
    public Reply redeem(TokenCall call) {
        EntraError unproved = UserGrants.refusal(call);
        if (unproved != null) {
            return call.refuse(unproved);
        }
        RedeemableCode code = signIns.redeem(call.field("code")).orElse(null);
        EntraError refusal = code == null
                ? EntraError.badRequest(
                        "invalid_grant", 54005, "OAuth2 Authorization code was already redeemed, or never given out.")
                : refusal(call, code);
        return refusal != null || code == null
                ? call.refuse(refusal == null ? EntraError.malformed("code") : refusal)
                : users.answer(call, code.user(), code.nonce());
    }

    private static @Nullable EntraError refusal(TokenCall call, RedeemableCode code) {
        if (!call.issuer().now().isBefore(code.expiresOn())) {
            return EntraError.badRequest("invalid_grant", 70008, "The provided authorization code has expired.");
        }
        if (!code.clientId().equalsIgnoreCase(call.application().clientId())) {
            return EntraError.badRequest(
                    "invalid_grant",
                    700005,
                    "The provided authorization code is intended to be used by another client.");
        }
        if (!code.redirectUri().equals(call.field("redirect_uri"))) {
            return EntraError.badRequest(
                    "invalid_grant",
                    500112,
                    "The reply address '" + call.field("redirect_uri") + "' does not match the reply address '"
                            + code.redirectUri() + "' provided when requesting the authorization code.");
        }
        String verifier = call.field("code_verifier");
        if (code.challenge() == null) {
            return verifier.isEmpty()
                    ? null
                    : EntraError.badRequest(
                            "invalid_request", 9002325, "There is a code_verifier, but there was no code_challenge.");
        }
        if (verifier.isEmpty()) {
            return EntraError.badRequest("invalid_grant", 50148, "The code_verifier is missing.");
        }
        return challenge(verifier).equals(code.challenge())
                ? null
                : EntraError.badRequest(
                        "invalid_grant",
                        501481,
                        "The code_verifier does not match the code_challenge supplied in the authorization request.");
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java runtime has no SHA-256", missing);
        }
    }
}
