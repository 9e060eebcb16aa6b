// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import dev.signet.identity.testkit.internal.JwtSigner;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The answer to a grant that speaks for a user: a token and, as asked for, what OpenID Connect adds. */
final class UserAnswer {
    private UserAnswer() {}

    static Reply of(TokenCall call, User user, UserScopes scopes) {
        String clientId = call.application().clientId();
        Map<String, Object> subject = TokenIssuer.user(user, clientId);
        subject.put("scp", scopes.granted());
        Map<String, Object> body = call.body(scopes.resource(), subject);
        body.put("scope", scopes.answered());
        if (scopes.added().contains("offline_access")) {
            body.put("refresh_token", "0." + UUID.randomUUID());
        }
        if (scopes.added().contains("openid")) {
            body.put("id_token", idToken(call, user));
        }
        if (call.field("client_info").equals("1")) {
            body.put("client_info", clientInfo(user));
        }
        return Reply.json(200, Json.write(body));
    }

    private static String idToken(TokenCall call, User user) {
        long now = call.issuer().now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", call.application().clientId());
        claims.put("iss", call.tokenIssuer());
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + call.application().tokenLifetime().toSeconds());
        claims.put("oid", user.objectId());
        claims.put("sub", user.objectId());
        claims.put("tid", call.tenantId());
        claims.put("preferred_username", user.userName());
        claims.put("name", user.userName());
        claims.put("ver", "2.0");
        return JwtSigner.sign(claims);
    }

    private static String clientInfo(User user) {
        Map<String, Object> ids = new LinkedHashMap<>();
        ids.put("uid", user.objectId());
        ids.put("utid", user.tenantId());
        byte[] json = Json.write(ids).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
    }
}
