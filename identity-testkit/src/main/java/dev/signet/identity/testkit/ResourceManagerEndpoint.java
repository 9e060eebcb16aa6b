// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import dev.signet.identity.testkit.internal.ServerIdentity;
import dev.signet.identity.testkit.internal.ServerTls;
import dev.signet.identity.testkit.internal.WireServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/**
 * As much of Azure Resource Manager as tools ask when somebody signs in to them: the list of subscriptions, over TLS
 * with a certificate of the authority's issuer. It has none at first.
 *
 * @since 0.1.0
 */
public final class ResourceManagerEndpoint implements CloudEndpoint {
    static final String NAME = "resource-manager";

    private final URI uri;
    private final EndpointServer server;
    private final Map<String, String> subscriptions = new ConcurrentHashMap<>();

    ResourceManagerEndpoint(CertificateAuthority certificateAuthority, CloudLog log, int port) {
        ServerIdentity identity = certificateAuthority.issue(List.of("localhost", "127.0.0.1", "::1"));
        SSLContext tls = ServerTls.context(identity, Map.of());
        WireServer wire = EndpointServer.bind(NAME, port, () -> tls);
        this.uri = URI.create("https://localhost:" + wire.port() + "/");
        this.server = EndpointServer.start(NAME, wire, log, new Protocol(subscriptions));
    }

    void close() {
        server.close();
    }

    /**
     * Adds a subscription of the default tenant.
     *
     * @param id the subscription id
     * @param name its display name
     */
    public void addSubscription(String id, String name) {
        subscriptions.put(id, name);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public URI uri() {
        return uri;
    }

    /** No variable makes a client use this endpoint: tools are told of it by a command. */
    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public EndpointScript script() {
        return server.script();
    }

    @Override
    public int connections() {
        return server.wire().accepted();
    }

    /** Forgets replies, requests and subscriptions. */
    @Override
    public void reset() {
        server.script().reset();
        subscriptions.clear();
    }

    @Override
    public String toString() {
        return NAME + " at " + uri;
    }

    /** The list of subscriptions, for whoever has a token. */
    private record Protocol(Map<String, String> subscriptions) implements EndpointServer.Protocol {
        private static final String PATH = "/subscriptions";

        @Override
        public void check(RecordedRequest request, RequestCheck check) {
            check.method("GET", PATH)
                    .query("api-version")
                    .present("query", request.query(), "api-version")
                    .problem(!hasToken(request), "lacks a bearer token");
        }

        private static boolean hasToken(RecordedRequest request) {
            return request.header("Authorization").orElse("").startsWith("Bearer ");
        }

        @Override
        public Reply answer(RecordedRequest request) {
            if (!request.path().equals(PATH)) {
                return error(404, "InvalidResourceType", "The resource type could not be found.");
            }
            if (!hasToken(request)) {
                return error(
                        401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
            }
            List<Object> list = new ArrayList<>();
            subscriptions.forEach((id, name) -> list.add(subscription(id, name)));
            return Reply.json(200, Json.write(Map.of("value", list)));
        }

        private static Map<String, Object> subscription(String id, String name) {
            Map<String, Object> subscription = new LinkedHashMap<>();
            subscription.put("id", "/subscriptions/" + id.toLowerCase(Locale.ROOT));
            subscription.put("subscriptionId", id);
            subscription.put("tenantId", EmbeddedAuthority.DEFAULT_TENANT);
            subscription.put("displayName", name);
            subscription.put("state", "Enabled");
            subscription.put("managedByTenants", List.of());
            return subscription;
        }

        private static Reply error(int status, String code, String message) {
            return Reply.json(status, Json.write(Map.of("error", Map.of("code", code, "message", message))));
        }
    }
}
