// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.ServerIdentity;
import dev.signet.identity.testkit.internal.ServerTls;
import dev.signet.identity.testkit.internal.WireServer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The token proxy of AKS identity bindings: an https front for the authority's token endpoint, with a certificate
 * authority of its own, a path prefix and, where asked for, a certificate per SNI name. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TokenProxy implements CloudEndpoint {
    private static final List<String> HOSTS = List.of("localhost", "127.0.0.1", "::1");

    private final URI uri;
    private final EndpointServer server;
    private final Map<String, Boolean> serverNames = new ConcurrentHashMap<>();
    private volatile CertificateAuthority authority = newAuthority();
    private volatile SSLContext tls = context(authority, Set.of());
    private volatile @Nullable String serverName;

    TokenProxy(EmbeddedAuthority target, CloudLog log, int port, String prefix) {
        WireServer wire = EndpointServer.bind("token-proxy", port, () -> tls);
        this.uri = URI.create("https://localhost:" + wire.port() + prefix);
        this.server = EndpointServer.start("token-proxy", wire, log, new Front(target.tokens(), prefix));
    }

    /** Strips the prefix and asks the token endpoint. */
    private record Front(TokenEndpoint tokens, String prefix) implements EndpointServer.Protocol {
        private static final String TOKEN = "/oauth2/v2.0/token";

        private String tenant(RecordedRequest request) {
            String path = request.path();
            String start = prefix + "/";
            boolean known =
                    path.startsWith(start) && path.endsWith(TOKEN) && path.length() > start.length() + TOKEN.length();
            return known ? path.substring(start.length(), path.length() - TOKEN.length()) : "";
        }

        @Override
        public void check(RecordedRequest request, RequestCheck check) {
            check.method("POST", request.path())
                    .problem(tenant(request).isEmpty(), "is not for the token endpoint behind the proxy's path");
            tokens.check(request, check);
        }

        @Override
        public Reply answer(RecordedRequest request) {
            String tenant = tenant(request);
            return tenant.isEmpty() ? Reply.text(404, "404 page not found") : tokens.answer(request, tenant);
        }
    }

    private static CertificateAuthority newAuthority() {
        return CertificateAuthority.create("Embedded cloud token proxy CA");
    }

    private static SSLContext context(CertificateAuthority issuer, Set<String> serverNames) {
        Map<String, ServerIdentity> byName = new LinkedHashMap<>();
        for (String name : serverNames) {
            byName.put(name, issuer.issue(List.of(name)));
        }
        return ServerTls.context(issuer.issue(HOSTS), byName);
    }

    void close() {
        server.close();
    }

    /**
     * Gives the proxy a certificate for a name, shown to clients that ask for it in SNI, and tells clients of that
     * name in {@link #environment()}. The certificate does not name {@code localhost}.
     *
     * @param name a DNS name
     */
    public void serveName(String name) {
        serverNames.put(name.toLowerCase(Locale.ROOT), true);
        tls = context(authority, serverNames.keySet());
        expectName(name);
    }

    /**
     * Tells clients of a name in {@link #environment()} for which the proxy need not have a certificate.
     *
     * @param name a DNS name; null for none
     */
    public void expectName(@Nullable String name) {
        this.serverName = name;
    }

    /** Takes a new certificate authority from the next connection on; open connections end. */
    public void rekey() {
        authority = newAuthority();
        tls = context(authority, serverNames.keySet());
        server.wire().dropConnections();
    }

    /**
     * The authority behind the proxy's certificates.
     *
     * @return the current one
     */
    public CertificateAuthority certificateAuthority() {
        return authority;
    }

    /**
     * The certificate that a client must trust.
     *
     * @return PEM
     */
    public String caPem() {
        return authority.pem();
    }

    /**
     * A bundle of two certificates of which the second is the one to trust.
     *
     * @return PEM
     */
    public String caBundle() {
        return CertificateAuthority.create("Unrelated CA").pem() + caPem();
    }

    @Override
    public String name() {
        return "token-proxy";
    }

    @Override
    public URI uri() {
        return uri;
    }

    /**
     * The variables of the proxy alone; those of workload identity come on top.
     *
     * @return proxy, certificate as data and, where one is expected, server name
     */
    @Override
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AZURE_KUBERNETES_TOKEN_PROXY", uri.toString());
        variables.put("AZURE_KUBERNETES_CA_DATA", caPem());
        String name = serverName;
        if (name != null) {
            variables.put("AZURE_KUBERNETES_SNI_NAME", name);
        }
        return variables;
    }

    @Override
    public EndpointScript script() {
        return server.script();
    }

    @Override
    public int connections() {
        return server.wire().accepted();
    }

    @Override
    public void reset() {
        script().reset();
        serverName = null;
        serverNames.clear();
        tls = context(authority, serverNames.keySet());
    }
}
