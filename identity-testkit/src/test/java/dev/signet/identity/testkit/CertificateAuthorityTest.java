// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
    private final CertificateAuthority authority = CertificateAuthority.create("Test CA");

    @Test
    void issue_certificate_standsUpToPkix() throws Exception {
        X509Certificate leaf =
                authority.issue(List.of("localhost", "127.0.0.1", "::1")).leaf();

        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority.certificate(), null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
        assertEquals(3, leaf.getVersion());
        assertEquals(
                List.of(List.of(2, "localhost"), List.of(7, "127.0.0.1"), List.of(7, "0:0:0:0:0:0:0:1")),
                List.copyOf(leaf.getSubjectAlternativeNames()));
        assertEquals(-1, leaf.getBasicConstraints());
        assertTrue(leaf.getKeyUsage()[0], "digitalSignature");
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), leaf.getExtendedKeyUsage());
    }

    @Test
    void certificate_ofTheAuthority_maySign() throws Exception {
        X509Certificate own = authority.certificate();

        own.verify(own.getPublicKey());
        assertEquals("CN=Test CA", own.getSubjectX500Principal().getName());
        assertEquals(Integer.MAX_VALUE, own.getBasicConstraints());
        assertTrue(own.getKeyUsage()[5] && own.getKeyUsage()[6], "keyCertSign and cRLSign");
        assertFalse(own.getKeyUsage()[0]);
    }

    @Test
    void files_areReadable(@TempDir Path directory) throws Exception {
        Path pem = authority.writePem(directory.resolve("ca.pem"));
        Path store = authority.writeTrustStore(directory.resolve("trust.p12"), "changeit");

        assertEquals(authority.pem(), Files.readString(pem));
        KeyStore read = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        assertEquals(authority.certificate(), read.getCertificate("test-ca"));
        assertThrows(UncheckedIOException.class, () -> authority.writePem(directory));
        assertThrows(UncheckedIOException.class, () -> authority.writeTrustStore(directory, "x"));
    }

    @Test
    void serverKeyStore_holdsAKeyWithACertificateOfTheAuthority(@TempDir Path directory) throws Exception {
        Path file = authority.writeServerKeyStore(directory.resolve("server.p12"), "changeit", "localhost");

        KeyStore store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        X509Certificate leaf = (X509Certificate) store.getCertificate("server");
        leaf.verify(authority.certificate().getPublicKey());
        assertEquals("EC", store.getKey("server", "changeit".toCharArray()).getAlgorithm());
        assertEquals(List.of(List.of(2, "localhost")), List.copyOf(leaf.getSubjectAlternativeNames()));
    }

    @Test
    @Timeout(30)
    void serverContext_isTrustedByClientsOfTheAuthority() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket server =
                authority.serverSslContext("localhost").getServerSocketFactory().createServerSocket(0, 1, here)) {
            CompletableFuture<Integer> received = new CompletableFuture<>();
            Thread serving = new Thread(() -> {
                try (Socket client = server.accept()) {
                    received.complete(client.getInputStream().read());
                } catch (IOException failure) {
                    received.completeExceptionally(failure);
                }
            });
            serving.start();
            try (Socket client = authority.sslContext().getSocketFactory().createSocket(here, server.getLocalPort())) {
                client.getOutputStream().write(42);
                assertEquals(42, received.get());
            }
            serving.join();
        }
    }

    @Test
    void thumbprint_isUpperCaseHex() {
        String thumbprint = CertificateAuthority.thumbprint(authority.certificate());

        assertEquals(40, thumbprint.length());
        assertTrue(thumbprint.chars().allMatch(c -> Character.digit(c, 16) >= 0 && !Character.isLowerCase(c)));
        assertEquals("CertificateAuthority[CN=Test CA]", authority.toString());
    }
}
