// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenProxyTest {
    private static final String FORM = "grant_type=client_credentials&client_id=app&client_secret=s&scope="
            + HttpCalls.encode("https://x/.default");

    private final EmbeddedCloud cloud =
            EmbeddedCloud.builder().tokenProxyPath("/a/").start();
    private final TokenProxy proxy = cloud.tokenProxy();

    TokenProxyTest() {
        cloud.authority()
                .registerApplication(Application.builder("app").secret("s").build());
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private String tokenUri() {
        return proxy.uri() + "/" + EmbeddedAuthority.DEFAULT_TENANT + "/oauth2/v2.0/token";
    }

    @Test
    void token_throughTheProxy_isGiven() throws Exception {
        HttpCalls.Answer answer = HttpCalls.post(proxy.certificateAuthority().sslContext(), tokenUri(), FORM);

        assertEquals(200, answer.status(), answer.body());
        assertTrue(proxy.lastRequest().path().startsWith("/a/" + EmbeddedAuthority.DEFAULT_TENANT));
        assertTrue(cloud.authority().requests().isEmpty());
        cloud.assertNoViolations();
    }

    @Test
    void request_besideThePrefix_isAViolation() throws Exception {
        String uri = tokenUri().replace("/a/", "/");

        assertEquals(
                404,
                HttpCalls.post(proxy.certificateAuthority().sslContext(), uri, FORM)
                        .status());
        assertEquals(1, cloud.violations().size());
    }

    @Test
    void rekey_makesTheOldCertificateUseless() throws Exception {
        var old = proxy.certificateAuthority().sslContext();
        HttpCalls.post(old, tokenUri(), FORM);
        proxy.rekey();

        assertThrows(SSLException.class, () -> HttpCalls.post(old, tokenUri(), FORM));
        assertEquals(
                200,
                HttpCalls.post(proxy.certificateAuthority().sslContext(), tokenUri(), FORM)
                        .status());
    }

    private String subjectFor(String name) throws Exception {
        URI uri = proxy.uri();
        try (SSLSocket socket = (SSLSocket)
                proxy.certificateAuthority().sslContext().getSocketFactory().createSocket("127.0.0.1", uri.getPort())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
            return socket.getSession().getPeerPrincipal().getName();
        }
    }

    @Test
    void serverName_choosesTheCertificate() throws Exception {
        proxy.serveName("Proxy.Example");

        assertEquals("CN=proxy.example", subjectFor("proxy.example"));
        assertEquals("proxy.example", proxy.lastRequest().serverName().orElseThrow());
        assertEquals("Proxy.Example", proxy.environment().get("AZURE_KUBERNETES_SNI_NAME"));
        assertEquals("CN=localhost", subjectFor("other.example"));

        proxy.expectName("other.example");
        assertEquals("other.example", proxy.environment().get("AZURE_KUBERNETES_SNI_NAME"));
        proxy.reset();
        assertEquals("CN=localhost", subjectFor("proxy.example"));
        assertEquals(2, proxy.environment().size());
    }

    @Test
    void bundle_holdsTwoCertificates() throws Exception {
        var certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(proxy.caBundle().getBytes(StandardCharsets.US_ASCII)));

        assertEquals(2, certificates.size());
        assertTrue(certificates.contains(proxy.certificateAuthority().certificate()));
        assertEquals(proxy.caPem(), proxy.environment().get("AZURE_KUBERNETES_CA_DATA"));
    }
}
