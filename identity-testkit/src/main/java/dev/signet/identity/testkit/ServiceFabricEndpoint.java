// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.CertificateMaker;
import dev.signet.identity.testkit.internal.ServerIdentity;
import dev.signet.identity.testkit.internal.ServerTls;
import dev.signet.identity.testkit.internal.WireServer;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * The token service of a Service Fabric cluster, over TLS. Its certificate is self-signed, says nothing about the host
 * name and is known by its {@link #thumbprint()} only.
 *
 * @since 0.1.0
 */
public final class ServiceFabricEndpoint implements HostedEndpoint {
    private final URI uri;
    private final Host host;
    private final EndpointServer server;
    private volatile ServerIdentity identity = selfSigned();
    private volatile SSLContext tls = context(identity);

    ServiceFabricEndpoint(Host host, CloudLog log, int port) {
        this.host = host;
        WireServer wire = EndpointServer.bind("service-fabric", port, () -> tls);
        this.uri = URI.create("https://127.0.0.1:" + wire.port() + ServiceFabricProtocol.PATH);
        this.server = EndpointServer.start("service-fabric", wire, log, new ServiceFabricProtocol(host));
    }

    private static ServerIdentity selfSigned() {
        return CertificateMaker.make("sfmi", List.of("sfmi.cluster.invalid"), null);
    }

    private static SSLContext context(ServerIdentity identity) {
        return ServerTls.context(identity, Map.of());
    }

    EndpointServer server() {
        return server;
    }

    /**
     * The pin of the server's certificate.
     *
     * @return SHA-1 over its DER, 40 upper-case hexadecimal digits
     */
    public String thumbprint() {
        return CertificateAuthority.thumbprint(identity.leaf());
    }

    /**
     * The pin of the last certificate of the chain: the issuer's after {@link #useIssuedCertificate}, else the same as
     * {@link #thumbprint()}.
     *
     * @return SHA-1 over its DER, 40 upper-case hexadecimal digits
     */
    public String issuerThumbprint() {
        List<X509Certificate> chain = identity.chain();
        return CertificateAuthority.thumbprint(chain.get(chain.size() - 1));
    }

    /**
     * Serves a certificate of an authority, with the authority's own behind it, from the next connection on.
     *
     * @param issuer who signs
     */
    public void useIssuedCertificate(CertificateAuthority issuer) {
        use(issuer.issue(List.of("sfmi.cluster.invalid")));
    }

    /** Serves a new self-signed certificate from the next connection on. */
    public void rekey() {
        use(selfSigned());
    }

    private void use(ServerIdentity next) {
        identity = next;
        tls = context(next);
        server.wire().dropConnections();
    }

    @Override
    public String name() {
        return "service-fabric";
    }

    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("IDENTITY_ENDPOINT", uri.toString());
        variables.put("IDENTITY_HEADER", host.header());
        variables.put("IDENTITY_SERVER_THUMBPRINT", thumbprint());
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
    public ManagedIdentities identities() {
        return host.identities();
    }

    @Override
    public void tokenLifetime(Duration lifetime) {
        host.tokenLifetime(lifetime);
    }

    @Override
    public void reset() {
        script().reset();
        host.reset();
    }
}
