// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.signet.identity.testkit.EmbeddedAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A protected resource: it takes tokens of the cloud's authority, challenges for those that were revoked, and writes
 * down what it was sent.
 */
final class Resource implements AutoCloseable {
    static final String AUDIENCE = "https://api.contoso.example";
    static final String CLAIMS = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1760000000\"}}}";

    private static final String CHALLENGE = "Basic realm=\"api, v1\", Bearer realm=\"\", authorization_uri=\"https://"
            + "login.microsoftonline.com/common\", error=\"insufficient_claims\", claims=\""
            + Base64.getEncoder().encodeToString(CLAIMS.getBytes(StandardCharsets.UTF_8)) + "\"";

    private final HttpServer server;
    private final EmbeddedAuthority authority;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Boolean> revoked = new ConcurrentHashMap<>();
    private volatile boolean neverContent;
    private volatile URI elsewhere = URI.create("http://localhost/");

    /** One request: its {@code Authorization} header and its body. */
    record Call(Optional<String> authorization, String body) {}

    Resource(EmbeddedAuthority authority) throws IOException {
        this.authority = authority;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/protected", this::answer);
        server.createContext("/open", exchange -> reply(exchange, 200));
        server.createContext("/redirect", this::redirect);
        server.start();
    }

    /** With {@code localhost} for a name that is not the same host as {@code 127.0.0.1}. */
    URI uri(String host, String path) {
        return URI.create("http://" + host + ":" + port() + path);
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Call> calls() {
        return calls;
    }

    void redirectTo(URI target) {
        elsewhere = target;
    }

    /** Challenges even for new tokens. */
    void challengeAlways() {
        neverContent = true;
    }

    /** Challenges for the tokens that it has seen so far. */
    void revokeAll() {
        for (Call call : calls) {
            call.authorization().ifPresent(header -> revoked.put(header, true));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        boolean known = header != null
                && header.startsWith("Bearer ")
                && authority.accepts(header.substring("Bearer ".length()), AUDIENCE);
        if (known && (neverContent || revoked.containsKey(header))) {
            exchange.getResponseHeaders().add("WWW-Authenticate", CHALLENGE);
            reply(exchange, 401);
        } else if (known) {
            reply(exchange, 200);
        } else {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer realm=\"\"");
            reply(exchange, 401);
        }
    }

    private void redirect(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Location", elsewhere.toString());
        reply(exchange, 302);
    }

    private void reply(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            calls.add(new Call(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")), body));
            byte[] answer = ("status " + status).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
