// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.identity.core.JsonObject;
import dev.signet.identity.core.JwtPayload;
import dev.signet.identity.msal.AuthenticationRecord;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Finds out whose token a broker gave. */
final class Accounts {
    static final ObjectMapper JSON = new ObjectMapper();

    private Accounts() {}

    /** The record of an account; empty if something that it needs is not known. */
    static Optional<AuthenticationRecord> record(
            BrokerApplication application, String homeAccountId, String tenantId, String userName) {
        if (homeAccountId.isEmpty() || userName.isEmpty()) {
            return Optional.empty();
        }
        String home = homeAccountId.substring(homeAccountId.indexOf('.') + 1);
        ObjectNode members = JSON.createObjectNode();
        members.put("authority", application.authority().getRawAuthority());
        members.put("homeAccountId", homeAccountId);
        members.put("tenantId", tenantId.isEmpty() ? home : tenantId);
        members.put("clientId", application.clientId());
        members.put("username", userName);
        return Optional.of(AuthenticationRecord.fromJson(members.toString()));
    }

    /** The home account id in Entra's {@code client_info}; empty if it has none. */
    static String homeAccountId(String clientInfo) {
        try {
            JsonObject info =
                    JsonObject.parse(Base64.getUrlDecoder().decode(clientInfo)).orElse(null);
            if (info != null && info.string("uid").isPresent()) {
                return info.string("uid").orElseThrow() + "."
                        + info.string("utid").orElse("");
            }
        } catch (IllegalArgumentException malformed) {
            return "";
        }
        return "";
    }

    /** The user name in an id token, which brokers hand over as a JWT or as its claims. */
    static String userName(String idToken) {
        return claim(idToken, "preferred_username", "upn");
    }

    /** The tenant that issued an id token. */
    static String tenantId(String idToken) {
        return claim(idToken, "tid", "tid");
    }

    private static String claim(String idToken, String name, String otherName) {
        JwtPayload payload = JwtPayload.read(idToken).orElse(null);
        if (payload != null) {
            return (name.equals("tid") ? payload.tenantId() : payload.userName()).orElse("");
        }
        JsonObject claims =
                JsonObject.parse(idToken.getBytes(StandardCharsets.UTF_8)).orElse(null);
        return claims == null
                ? ""
                : claims.string(name).or(() -> claims.string(otherName)).orElse("");
    }
}
