// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A token request of a known application, with what every grant needs to answer it. */
record TokenCall(RecordedRequest request, Application application, String tenantId, TokenIssuer issuer) {
    String field(String name) {
        return request.form(name).orElse("");
    }

    Reply refuse(EntraError error) {
        return error.reply(request, issuer.now());
    }

    /** Answers with a token for a resource. */
    Reply grant(String resource, Map<String, Object> subject) {
        return Reply.json(200, Json.write(body(resource, subject)));
    }

    /** The answer that carries a token for a resource; the caller may add to it. */
    Map<String, Object> body(String resource, Map<String, Object> subject) {
        Duration lifetime = application.tokenLifetime();
        Map<String, Object> claims = new LinkedHashMap<>(subject);
        List<?> capabilities = capabilities();
        if (!capabilities.isEmpty()) {
            claims.put("xms_cc", capabilities);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("token_type", "Bearer");
        body.put("expires_in", lifetime.toSeconds());
        body.put("ext_expires_in", lifetime.toSeconds());
        application.refreshIn().ifPresent(time -> body.put("refresh_in", time.toSeconds()));
        body.put("access_token", issuer.token(tenantId, resource, lifetime, claims));
        return body;
    }

    /** The claims parameter, or null where it is not a JSON object. */
    @Nullable
    Map<String, @Nullable Object> claims() {
        try {
            String text = field("claims");
            return text.isEmpty() ? Map.of() : Json.readObject(text);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private List<?> capabilities() {
        Map<String, @Nullable Object> claims = claims();
        return claims != null
                        && claims.get("access_token") instanceof Map<?, ?> token
                        && token.get("xms_cc") instanceof Map<?, ?> wanted
                        && wanted.get("values") instanceof List<?> values
                ? values
                : List.of();
    }
}
