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

/** Makes access tokens for applications and managed identities, and knows which resources exist. */
final class TokenIssuer {
    private final MutableClock clock;
    private final String authority;
    private final Set<String> unknownResources = ConcurrentHashMap.newKeySet();

    TokenIssuer(MutableClock clock, String authority) {
        this.clock = clock;
        this.authority = authority;
    }

    Instant now() {
        return clock.instant();
    }

    String issuer(String tenantId) {
        return authority + tenantId + "/v2.0";
    }

    /** Signs a token; the subject's claims come on top of the common ones. */
    String token(String tenantId, String resource, Duration lifetime, Map<String, ?> subject) {
        long now = now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", resource);
        claims.put("iss", issuer(tenantId));
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + lifetime.toSeconds());
        claims.put("tid", tenantId);
        claims.put("uti", UUID.randomUUID().toString());
        claims.put("ver", "1.0");
        claims.putAll(subject);
        return JwtSigner.sign(claims);
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
