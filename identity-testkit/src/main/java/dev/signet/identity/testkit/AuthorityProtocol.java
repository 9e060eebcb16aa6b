// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import dev.signet.identity.testkit.internal.JwtSigner;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The paths of an authority: discovery documents, keys and the token endpoint, for tenants and for AD FS. Addresses in
 * its answers are those of the host that was asked.
 */
final class AuthorityProtocol implements EndpointServer.Protocol {
    private static final String CONFIGURATION = "/v2.0/.well-known/openid-configuration";
    private static final String KEYS = "/discovery/v2.0/keys";
    private static final String INSTANCE = "/common/discovery/instance";
    private static final String ADFS = "/adfs";
    private static final String ADFS_TOKEN = ADFS + "/oauth2/token";
    private static final Set<String> ANY_TENANT = Set.of("common", "organizations", "consumers");

    private final TokenEndpoint tokens;
    private final TokenIssuer issuer;
    private final SignInHosts hosts;
    private final SignInProtocol signIns;
    private final UserGrants users;
    private final Set<String> ownHosts;

    AuthorityProtocol(TokenEndpoint tokens, TokenIssuer issuer, SignInHosts hosts, SignIns signIns, URI own) {
        this.tokens = tokens;
        this.issuer = issuer;
        this.hosts = hosts;
        this.signIns = new SignInProtocol(signIns, tokens, issuer, own.toString());
        this.users = new UserGrants(signIns);
        tokens.add(users.all());
        String port = ":" + own.getPort();
        this.ownHosts = Set.of("localhost" + port, "127.0.0.1" + port, "[::1]" + port);
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
        boolean own = ownHosts.contains(request.host());
        check.problem(!own && !request.routed(), "has a Host header that does not name this authority");
        if (signIns.handles(request)) {
            signIns.check(request, check);
            return;
        }
        if (!aside(request)) {
            check.method("POST", path);
            tokens.check(request, address(request), check);
            return;
        }
        check.method("GET", path).problem(hosts.regional(request.host()), "is for a document at a regional host");
        if (path.equals(INSTANCE)) {
            check.query("api-version", "authorization_endpoint")
                    .queryValue("api-version", "1.1")
                    .present("query", request.query(), "authorization_endpoint")
                    .problem(!own && !hosts.knows(request.host()), "asks a host about itself that nobody vouches for");
        } else {
            check.query().problem(!document(path), "is for an unknown path");
        }
    }

    private static boolean document(String path) {
        return path.endsWith(CONFIGURATION) || path.endsWith(KEYS) || path.startsWith(ADFS);
    }

    @Override
    public void settled(RecordedRequest request) {
        if (!aside(request)) {
            tokens.settled(request);
        }
    }

    /** The global host of the one that was asked. */
    private String base(RecordedRequest request) {
        return "https://" + hosts.global(request.host()) + "/";
    }

    private TokenAddress address(RecordedRequest request) {
        String path = request.path();
        String base = base(request);
        if (path.equals(ADFS_TOKEN)) {
            return new TokenAddress(base, EmbeddedAuthority.DEFAULT_TENANT, base + path.substring(1), false);
        }
        boolean known = path.endsWith(TokenAddress.PATH) && path.length() > TokenAddress.PATH.length();
        String alias = known ? path.substring(1, path.length() - TokenAddress.PATH.length()) : "";
        String tenant = users.tenant(request, alias);
        return new TokenAddress(base, tenant, base + alias + TokenAddress.PATH, hosts.regional(request.host()));
    }

    @Override
    public Reply answer(RecordedRequest request) {
        String path = request.path();
        if (signIns.handles(request)) {
            return signIns.answer(request);
        }
        String base = base(request);
        if (path.equals(ADFS_TOKEN) || path.endsWith(TokenAddress.PATH)) {
            return uncached(tokens.answer(request, address(request)), request);
        }
        if (path.equals(INSTANCE)) {
            return instance(request);
        }
        if (path.equals(ADFS + "/.well-known/openid-configuration")) {
            return configuration(base + "adfs", base + ADFS_TOKEN.substring(1), base + "adfs/discovery/keys");
        }
        if (path.endsWith(KEYS) || path.equals(ADFS + "/discovery/keys")) {
            return Reply.json(200, Json.write(JwtSigner.keySet()));
        }
        if (path.endsWith(CONFIGURATION)) {
            return configuration(request, path.substring(1, path.length() - CONFIGURATION.length()));
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
        String start = "https://";
        String asked = request.query("authorization_endpoint").orElse("");
        int slash = asked.startsWith(start) ? asked.indexOf('/', start.length()) : -1;
        String host = slash < 0 ? "" : asked.substring(start.length(), slash).toLowerCase(Locale.ROOT);
        boolean own = ownHosts.contains(host);
        if (!own && !hosts.knows(host)) {
            return EntraError.badRequest("invalid_instance", 50049, "Unknown or invalid instance.")
                    .reply(request, issuer.now());
        }
        String tenant = asked.substring(slash + 1);
        int end = tenant.indexOf('/');
        List<Object> metadata = new ArrayList<>(hosts.metadata());
        if (own) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("preferred_network", host);
            entry.put("preferred_cache", host);
            entry.put("aliases", List.of(host));
            metadata.add(entry);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "tenant_discovery_endpoint",
                start + host + "/" + (end < 0 ? tenant : tenant.substring(0, end)) + CONFIGURATION);
        body.put("api-version", "1.1");
        body.put("metadata", metadata);
        return Reply.json(200, Json.write(body));
    }

    private Reply configuration(RecordedRequest request, String alias) {
        boolean any = ANY_TENANT.contains(alias);
        String tenant = any ? "{tenantid}" : tokens.tenant(alias);
        if (tenant == null) {
            return EntraError.badRequest("invalid_tenant", 90002, "Tenant '" + alias + "' not found.")
                    .reply(request, issuer.now());
        }
        String base = base(request);
        String path = base + (any ? alias : tenant);
        return configuration(base + tenant + "/v2.0", path + TokenAddress.PATH, path + KEYS);
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
