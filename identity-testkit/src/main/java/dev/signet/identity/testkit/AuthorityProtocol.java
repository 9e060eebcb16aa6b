// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import dev.signet.identity.testkit.internal.JwtSigner;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The paths of an authority: discovery documents, keys and the token endpoint, for tenants and for AD FS. */
final class AuthorityProtocol implements EndpointServer.Protocol {
    private static final String TOKEN = "/oauth2/v2.0/token";
    private static final String CONFIGURATION = "/v2.0/.well-known/openid-configuration";
    private static final String KEYS = "/discovery/v2.0/keys";
    private static final String INSTANCE = "/common/discovery/instance";
    private static final String ADFS = "/adfs";
    private static final Set<String> ANY_TENANT = Set.of("common", "organizations", "consumers");

    private final TokenEndpoint tokens;
    private final TokenIssuer issuer;
    private final SignInProtocol signIns;
    private final UserGrants users;
    private final String base;

    AuthorityProtocol(TokenEndpoint tokens, TokenIssuer issuer, SignIns signIns, String base) {
        this.tokens = tokens;
        this.issuer = issuer;
        this.base = base;
        this.signIns = new SignInProtocol(signIns, tokens, issuer, base);
        this.users = new UserGrants(signIns);
        tokens.add(users.all());
    }

    void reset() {
        signIns.reset();
    }

    @Override
    public boolean aside(RecordedRequest request) {
        return !request.path().endsWith("/token");
    }

    @Override
    public void check(RecordedRequest request, RequestCheck check) {
        String path = request.path();
        if (signIns.handles(request)) {
            signIns.check(request, check);
            return;
        }
        if (!aside(request)) {
            check.method("POST", path);
            tokens.check(request, check);
            return;
        }
        check.method("GET", path);
        if (path.equals(INSTANCE)) {
            check.query("api-version", "authorization_endpoint")
                    .queryValue("api-version", "1.1")
                    .present("query", request.query(), "authorization_endpoint");
        } else {
            check.query().problem(!document(path), "is for an unknown path");
        }
    }

    private static boolean document(String path) {
        return path.endsWith(CONFIGURATION) || path.endsWith(KEYS) || path.startsWith(ADFS);
    }

    @Override
    public Reply answer(RecordedRequest request) {
        String path = request.path();
        if (signIns.handles(request)) {
            return signIns.answer(request);
        }
        if (path.equals(ADFS + "/oauth2/token")) {
            return uncached(tokens.answer(request, EmbeddedAuthority.DEFAULT_TENANT), request);
        }
        if (path.equals(INSTANCE)) {
            return instance(request);
        }
        if (path.equals(ADFS + "/.well-known/openid-configuration")) {
            return configuration(base + "adfs", base + "adfs/oauth2/token", base + "adfs/discovery/keys");
        }
        if (path.endsWith(KEYS) || path.equals(ADFS + "/discovery/keys")) {
            return Reply.json(200, Json.write(JwtSigner.keySet()));
        }
        if (path.endsWith(CONFIGURATION)) {
            return configuration(request, path.substring(1, path.length() - CONFIGURATION.length()));
        }
        if (path.endsWith(TOKEN)) {
            String tenant = path.substring(1, Math.max(1, path.length() - TOKEN.length()));
            return uncached(tokens.answer(request, users.tenant(request, tenant)), request);
        }
        return Reply.html(404, "<html><body>The resource you are looking for has been removed.</body></html>");
    }

    private static Reply uncached(Reply reply, RecordedRequest request) {
        Reply labelled = reply.header("Cache-Control", "no-store, no-cache").header("Pragma", "no-cache");
        String id = request.header("client-request-id").orElse("");
        boolean echoed = request.header("return-client-request-id").orElse("").equalsIgnoreCase("true");
        return echoed && !id.isEmpty() ? labelled.header("client-request-id", id) : labelled;
    }

    private Reply instance(RecordedRequest request) {
        String host = URI.create(base).getAuthority();
        String asked = request.query("authorization_endpoint").orElse("");
        if (!asked.startsWith("https://" + host + "/") && !asked.startsWith("https://login.microsoftonline.com/")) {
            return EntraError.badRequest("invalid_instance", 50049, "Unknown or invalid instance.")
                    .reply(request, issuer.now());
        }
        String tenant = asked.substring(asked.indexOf('/', "https://".length()) + 1);
        int slash = tenant.indexOf('/');
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("preferred_network", host);
        metadata.put("preferred_cache", host);
        metadata.put("aliases", List.of(host));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("tenant_discovery_endpoint", base + (slash < 0 ? tenant : tenant.substring(0, slash)) + CONFIGURATION);
        body.put("api-version", "1.1");
        body.put("metadata", List.of(metadata));
        return Reply.json(200, Json.write(body));
    }

    private Reply configuration(RecordedRequest request, String alias) {
        boolean any = ANY_TENANT.contains(alias);
        String tenant = any ? "{tenantid}" : tokens.tenant(alias);
        if (tenant == null) {
            return EntraError.badRequest("invalid_tenant", 90002, "Tenant '" + alias + "' not found.")
                    .reply(request, issuer.now());
        }
        String path = base + (any ? alias : tenant);
        return configuration(issuer.issuer(tenant), path + TOKEN, path + KEYS);
    }

    private static Reply configuration(String issuer, String tokenEndpoint, String keys) {
        String prefix = tokenEndpoint.substring(0, tokenEndpoint.length() - "token".length());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("issuer", issuer);
        body.put("token_endpoint", tokenEndpoint);
        body.put("authorization_endpoint", prefix + "authorize");
        body.put("device_authorization_endpoint", prefix + "devicecode");
        body.put("end_session_endpoint", prefix + "logout");
        body.put("jwks_uri", keys);
        body.put(
                "token_endpoint_auth_methods_supported",
                List.of("client_secret_post", "private_key_jwt", "client_secret_basic"));
        body.put("response_types_supported", List.of("code", "id_token", "code id_token", "id_token token"));
        body.put("response_modes_supported", List.of("query", "fragment", "form_post"));
        body.put("subject_types_supported", List.of("pairwise"));
        body.put("id_token_signing_alg_values_supported", List.of("RS256"));
        body.put("scopes_supported", List.of("openid", "profile", "email", "offline_access"));
        body.put("claims_supported", List.of("sub", "iss", "aud", "exp", "iat", "nonce", "tid", "ver"));
        return Reply.json(200, Json.write(body));
    }
}
