// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.WireServer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The token proxy of AKS identity bindings: an https front for the authority's token endpoint, with a certificate
 * authority of its own, a path prefix and, where asked for, a certificate per SNI name. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TokenProxy implements CloudEndpoint {
    private final URI uri;
    private final EndpointServer server;
    private volatile ServerNames names = new ServerNames(newAuthority());
    private volatile @Nullable String serverName;

    TokenProxy(EmbeddedAuthority target, CloudLog log, int port, String prefix) {
        WireServer wire = EndpointServer.bind("token-proxy", port, () -> names.tls());
        this.uri = URI.create("https://localhost:" + wire.port() + prefix);
        this.server = EndpointServer.start("token-proxy", wire, log, new Front(target, prefix));
    }

    /** Strips the prefix and asks the token endpoint. */
    private record Front(EmbeddedAuthority target, String prefix) implements EndpointServer.Protocol {
        private TokenAddress address(RecordedRequest request) {
            String path = request.path();
            String start = prefix + "/";
            String end = TokenAddress.PATH;
            boolean known =
                    path.startsWith(start) && path.endsWith(end) && path.length() > start.length() + end.length();
            String tenant = known ? path.substring(start.length(), path.length() - end.length()) : "";
            return TokenAddress.of(target.uri().toString(), tenant);
        }

        @Override
        public void check(RecordedRequest request, RequestCheck check) {
            check.method("POST", request.path())
                    .problem(
                            address(request).tenant().isEmpty(),
                            "is not for the token endpoint behind the proxy's path");
            target.tokens().check(request, address(request), check);
        }

        @Override
        public Reply answer(RecordedRequest request) {
            TokenAddress address = address(request);
            return address.tenant().isEmpty()
                    ? Reply.text(404, "404 page not found")
                    : target.tokens().answer(request, address);
        }

        @Override
        public void settled(RecordedRequest request) {
            target.tokens().settled(request);
        }
    }

    private static CertificateAuthority newAuthority() {
        return CertificateAuthority.create("Embedded cloud token proxy CA");
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
        names.serve(name);
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
        names = names.under(newAuthority());
        server.wire().dropConnections();
    }

    /**
     * The authority behind the proxy's certificates.
     *
     * @return the current one
     */
    public CertificateAuthority certificateAuthority() {
        return names.authority();
    }

    /**
     * The certificate that a client must trust.
     *
     * @return PEM
     */
    public String caPem() {
        return names.authority().pem();
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
        names = new ServerNames(names.authority());
    }
}
