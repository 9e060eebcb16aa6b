// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.core.TokenRoute;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.TransportRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The token proxy of a Kubernetes cluster with identity bindings, which takes the place of the sign-in host. */
final class TokenProxy implements TokenRoute {
    private static final String PROXY = "AZURE_KUBERNETES_TOKEN_PROXY";
    private static final String SNI_NAME = "AZURE_KUBERNETES_SNI_NAME";
    private static final String CA_FILE = "AZURE_KUBERNETES_CA_FILE";
    private static final String CA_DATA = "AZURE_KUBERNETES_CA_DATA";

    private final URI base;
    private final @Nullable String serverName;
    private final @Nullable CertificateBundle trusted;

    private TokenProxy(URI base, @Nullable String serverName, @Nullable CertificateBundle trusted) {
        this.base = base;
        this.serverName = serverName;
        this.trusted = trusted;
    }

    /** The proxy that the environment names; null when none of its variables is set. */
    static @Nullable TokenProxy from(Environment environment) {
        boolean any = environment.has(SNI_NAME) || environment.has(CA_FILE) || environment.has(CA_DATA);
        if (!environment.has(PROXY)) {
            if (any) {
                throw new IllegalArgumentException(PROXY + " is not set, but " + SNI_NAME + ", " + CA_FILE + " or "
                        + CA_DATA + " is; set it, or unset them");
            }
            return null;
        }
        if (environment.has(CA_FILE) && environment.has(CA_DATA)) {
            throw new IllegalArgumentException(CA_FILE + " and " + CA_DATA + " are both set; keep one of them");
        }
        URI base = base(environment.get(PROXY).orElseThrow().strip());
        return new TokenProxy(base, environment.get(SNI_NAME).map(String::strip).orElse(null), trusted(environment));
    }

    @Override
    public URI address(URI endpoint) {
        StringBuilder address = new StringBuilder(base.toString());
        while (address.charAt(address.length() - 1) == '/') {
            address.setLength(address.length() - 1);
        }
        address.append(endpoint.getRawPath());
        if (endpoint.getRawQuery() != null) {
            address.append('?').append(endpoint.getRawQuery());
        }
        return URI.create(address.toString());
    }

    /** Gives a request the trust and the name that the proxy needs, and keeps other proxies out. */
    @Override
    public void adjust(TransportRequest.Builder request) {
        request.direct();
        if (serverName != null) {
            request.serverName(serverName);
        }
        if (trusted != null) {
            request.sslSocketFactory(trusted.socketFactory());
        }
    }

    private static @Nullable CertificateBundle trusted(Environment environment) {
        if (environment.has(CA_FILE)) {
            return CertificateBundle.ofFile(
                    CA_FILE, Path.of(environment.get(CA_FILE).orElseThrow()));
        }
        return environment.has(CA_DATA)
                ? CertificateBundle.ofText(CA_DATA, environment.get(CA_DATA).orElseThrow())
                : null;
    }

    private static URI base(String value) {
        URI uri;
        try {
            uri = new URI(value);
        } catch (URISyntaxException malformed) {
            throw wrong("is not an address");
        }
        if (!"https".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw wrong("is not an absolute https address");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw wrong("has user information, a query or a fragment");
        }
        return uri;
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(PROXY + " " + what + "; leave it as the cluster sets it");
    }
}
