// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import dev.signet.identity.testkit.internal.Jwt;
import dev.signet.identity.testkit.internal.JwtSigner;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a resource judges a bearer token (RFC 6750), and what it says to one that will not do. */
final class ResourceProtocol implements EndpointServer.Protocol {
    private static final String SCHEME = "Bearer ";

    private final EmbeddedAuthority authority;
    private final ResourceEndpoint resource;

    ResourceProtocol(EmbeddedAuthority authority, ResourceEndpoint resource) {
        this.authority = authority;
        this.resource = resource;
    }

    @Override
    public void check(RecordedRequest request, RequestCheck check) {
        if (request.header("Authorization").isPresent()) {
            check.bearer();
        }
    }

    @Override
    public Reply answer(RecordedRequest request) {
        String authorization = request.header("Authorization").orElse("");
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return challenge("");
        }
        Jwt token = Jwt.parse(authorization.substring(SCHEME.length()));
        if (token == null || !usable(token)) {
            return challenge(", error=\"invalid_token\"");
        }
        Map<String, @Nullable Object> wanted =
                resource.claimsOf(token.text("appid")).orElse(null);
        if (wanted != null && !covers(token.claims().get(TokenCall.ASKED), wanted.get("access_token"))) {
            byte[] json = Json.write(wanted).getBytes(StandardCharsets.UTF_8);
            return challenge(", error=\"insufficient_claims\", claims=\""
                    + Base64.getEncoder().encodeToString(json) + "\"");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("appid", token.text("appid"));
        body.put("oid", token.text("oid"));
        return Reply.json(200, Json.write(body));
    }

    private boolean usable(Jwt token) {
        long now = authority.issuer().now().getEpochSecond();
        return JwtSigner.signed(token)
                && token.text("aud").equals(resource.audience())
                && token.claims().get("exp") instanceof Double end
                && end > now;
    }

    private Reply challenge(String error) {
        return Reply.status(401)
                .header(
                        "WWW-Authenticate",
                        "Bearer realm=\"\", authorization_uri=\"" + authority.uri() + EmbeddedAuthority.DEFAULT_TENANT
                                + "/oauth2/v2.0/authorize\"" + error);
    }

    /** Whether everything in one JSON value is in another; objects and arrays may have more. */
    private static boolean covers(@Nullable Object asked, @Nullable Object wanted) {
        if (wanted instanceof Map<?, ?> object) {
            return asked instanceof Map<?, ?> other
                    && object.entrySet().stream()
                            .allMatch(entry -> other.containsKey(entry.getKey())
                                    && covers(other.get(entry.getKey()), entry.getValue()));
        }
        if (wanted instanceof List<?> list) {
            return asked instanceof List<?> other && other.containsAll(list);
        }
        return wanted == null || wanted.equals(asked);
    }
}
