// SPDX-License-Identifier: MIT
package dev.signet.identity.broker;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** What brokers answer. */
final class BrokerAnswers {
    static final String TENANT = "5196f0a2-4c38-4be1-9d7a-0a6f83c1e2d4";
    static final String HOME = "11111111-2222-3333-4444-555555555555." + TENANT;
    static final String SECRET = "marker-of-a-token";
    static final Instant EXPIRY = Instant.ofEpochSecond(4_000_000_000L);

    private BrokerAnswers() {}

    static String account(String user) {
        return account(user, HOME, TENANT);
    }

    static String account(String user, String home, String realm) {
        return """
                {"environment":"login.windows.net","homeAccountId":"%s","localAccountId":"l","realm":"%s",\
                "username":"%s","name":"U","unknownMember":[1,{"a":null}]}""".formatted(home, realm, user);
    }

    static String accounts(String... accounts) {
        return "{\"accounts\":[" + String.join(",", accounts) + "]}";
    }

    static String token(String value, String more) {
        return "{\"brokerTokenResponse\":{\"accessToken\":\"" + value + "\",\"accessTokenType\":0,\"expiresOn\":"
                + EXPIRY.toEpochMilli() + more + "}}";
    }

    static String token() {
        return token(SECRET, ",\"account\":" + account("ann@contoso.com"));
    }

    static String refusal(int status, String context) {
        return "{\"brokerTokenResponse\":{\"error\":{\"context\":\"" + context + "\",\"status\":" + status
                + ",\"subStatus\":0}}}";
    }

    static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String jwt(String claims) {
        return base64("{}") + "." + base64(claims) + ".c2ln";
    }
}
