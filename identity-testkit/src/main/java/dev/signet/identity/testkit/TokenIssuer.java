// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.JwtSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes access tokens for applications and managed identities, and knows which resources exist. */
final class TokenIssuer {
    private final MutableClock clock;
    private final String authority;
    private final @Nullable String tokenIssuer;
    private final Set<String> unknownResources = ConcurrentHashMap.newKeySet();

    TokenIssuer(MutableClock clock, String authority, @Nullable String tokenIssuer) {
        this.clock = clock;
        this.authority = authority;
        this.tokenIssuer = tokenIssuer;
    }

    Instant now() {
        return clock.instant();
    }

    String issuer(String tenantId) {
        return authority + tenantId + "/v2.0";
    }

    private String tokenIssuer(String tenantId) {
        return tokenIssuer == null ? issuer(tenantId) : tokenIssuer + tenantId + "/";
    }

    /** Signs a token; the subject's claims come on top of the common ones. */
    String token(String tenantId, String resource, Duration lifetime, Map<String, ?> subject) {
        long now = now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", resource);
        claims.put("iss", tokenIssuer(tenantId));
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + lifetime.toSeconds());
        claims.put("tid", tenantId);
        claims.put("uti", UUID.randomUUID().toString());
        claims.put("ver", "1.0");
        claims.putAll(subject);
        return JwtSigner.sign(claims);
    }

    /** Whether a resource server would take a token: our signature, its audience, not expired. */
    boolean accepts(String token, String audience) {
        Map<String, @Nullable Object> claims = JwtSigner.verifiedClaims(token);
        return claims != null
                && claims.get("aud") instanceof String aud
                && key(aud).equals(key(audience))
                && claims.get("exp") instanceof Number exp
                && now().getEpochSecond() < exp.longValue();
    }

    static Map<String, Object> application(String clientId, String objectId) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("appid", clientId);
        claims.put("idtyp", "app");
        claims.put("oid", objectId);
        claims.put("sub", objectId);
        return claims;
    }

    /** What a token says of a user and of the application that acts for him or her; {@code scp} comes on top. */
    static Map<String, Object> user(User user, String clientId) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("appid", clientId);
        claims.put("idtyp", "user");
        claims.put("oid", user.objectId());
        claims.put("sub", user.objectId());
        claims.put("upn", user.userName());
        return claims;
    }

    void removeResource(String resource) {
        unknownResources.add(key(resource));
    }

    void restoreResources() {
        unknownResources.clear();
    }

    boolean knows(String resource) {
        return !unknownResources.contains(key(resource));
    }

    private static String key(String resource) {
        String lower = resource.toLowerCase(Locale.ROOT);
        return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
