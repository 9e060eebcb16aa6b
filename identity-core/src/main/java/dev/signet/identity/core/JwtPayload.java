// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The claims of a token that happens to be a JWT (RFC 7519), <b>not verified</b>: good for reports and checks of
 * one's own tokens, never for authorization. {@link #toString()} does not show them.
 *
 * @since 0.1.0
 */
public final class JwtPayload {
    private final JsonObject claims;

    private JwtPayload(JsonObject claims) {
        this.claims = claims;
    }

    /**
     * Reads the claims of a token.
     *
     * @param token any access token
     * @return its claims; empty for an opaque or malformed one
     */
    public static Optional<JwtPayload> read(String token) {
        int first = token.indexOf('.');
        int second = first < 0 ? -1 : token.indexOf('.', first + 1);
        if (second < 0) {
            return Optional.empty();
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(token.substring(first + 1, second));
            return JsonObject.parse(json).map(JwtPayload::new);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /**
     * The tenant that issued the token.
     *
     * @return the {@code tid} claim
     */
    public Optional<String> tenantId() {
        return claims.string("tid");
    }

    /**
     * The application that the token was issued to.
     *
     * @return the {@code appid} claim, else {@code azp}
     */
    public Optional<String> clientId() {
        return claims.string("appid").or(() -> claims.string("azp"));
    }

    /**
     * The object id of the user or service principal.
     *
     * @return the {@code oid} claim
     */
    public Optional<String> objectId() {
        return claims.string("oid");
    }

    /**
     * The name of the user.
     *
     * @return the {@code upn} claim, else {@code preferred_username}; absent for applications
     */
    public Optional<String> userName() {
        return claims.string("upn").or(() -> claims.string("preferred_username"));
    }

    /**
     * When the token expires.
     *
     * @return the {@code exp} claim
     */
    public Optional<Instant> expiresOn() {
        try {
            double seconds = Double.parseDouble(claims.scalar("exp").orElse(""));
            return seconds > 0 && seconds < 1e11
                    ? Optional.of(Instant.ofEpochSecond((long) seconds))
                    : Optional.empty();
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "JwtPayload[***]";
    }
}
