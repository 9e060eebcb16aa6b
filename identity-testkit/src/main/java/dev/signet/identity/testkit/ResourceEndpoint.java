// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import dev.signet.identity.testkit.internal.WireServer;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A web API that takes the authority's tokens, over TLS with a certificate of the authority's. It answers 401 with a
 * {@code WWW-Authenticate} challenge (RFC 9110 section 11.6.1) to requests without a token or with a useless one, and
 * where claims are required to a token that was not asked for with them: so a client's way from challenge to answer can
 * be tested. Any path and method will do.
 *
 * @since 0.1.0
 */
public final class ResourceEndpoint implements CloudEndpoint {
    private final URI uri;
    private final EndpointServer server;
    private final Map<String, Map<String, @Nullable Object>> claimsOf = new ConcurrentHashMap<>();
    private volatile @Nullable Map<String, @Nullable Object> claims;
    private volatile String audience;

    ResourceEndpoint(EmbeddedAuthority authority, CloudLog log, int port) {
        WireServer wire = EndpointServer.bind(name(), port, authority.names()::tls);
        this.uri = URI.create("https://localhost:" + wire.port() + "/");
        this.audience = standardAudience();
        this.server = EndpointServer.start(name(), wire, log, new ResourceProtocol(authority, this));
    }

    private String standardAudience() {
        return "https://localhost:" + uri.getPort();
    }

    void close() {
        server.close();
    }

    /**
     * What tokens for this resource say in {@code aud}.
     *
     * @return its own address without a slash unless given
     */
    public String audience() {
        return audience;
    }

    /**
     * Makes this resource another one.
     *
     * @param audience for example {@code https://vault.azure.net}
     */
    public void audience(String audience) {
        this.audience = Objects.requireNonNull(audience);
    }

    /**
     * The scope to ask for.
     *
     * @return {@link #audience()} with {@code /.default} behind it
     */
    public String scope() {
        return audience + "/.default";
    }

    /**
     * Demands that every token was asked for with claims.
     *
     * @param claims JSON, for example {@code {"access_token":{"nbf":{"essential":true,"value":"1"}}}}
     * @throws IllegalArgumentException if it is no JSON object
     */
    public void requireClaims(String claims) {
        this.claims = Json.readObject(claims);
    }

    /**
     * Demands that the tokens of one application were asked for with claims.
     *
     * @param application the application
     * @param claims JSON, in place of those that all must have
     * @throws IllegalArgumentException if it is no JSON object
     */
    public void requireClaims(Application application, String claims) {
        claimsOf.put(application.clientId(), Json.readObject(claims));
    }

    /** What an application's token must have been asked for with. */
    Optional<Map<String, @Nullable Object>> claimsOf(String clientId) {
        Map<String, @Nullable Object> own = claimsOf.get(clientId);
        return Optional.ofNullable(own == null ? claims : own);
    }

    @Override
    public String name() {
        return "resource";
    }

    @Override
    public URI uri() {
        return uri;
    }

    /**
     * Nothing: clients are told of a resource in code.
     *
     * @return no variable
     */
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

    /** Forgets replies, requests, claims and another's audience. */
    @Override
    public void reset() {
        script().reset();
        claims = null;
        claimsOf.clear();
        audience = standardAudience();
    }
}
