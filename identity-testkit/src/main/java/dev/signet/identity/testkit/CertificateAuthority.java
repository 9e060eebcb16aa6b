// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.CertificateMaker;
import dev.signet.identity.testkit.internal.KeyEncoding;
import dev.signet.identity.testkit.internal.ServerIdentity;
import dev.signet.identity.testkit.internal.ServerTls;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority for tests: its key never leaves this object and no one trusts it unless told to. Its
 * certificates have P-256 keys and are valid for a year by the real clock. Immutable.
 *
 * @since 0.1.0
 */
public final class CertificateAuthority {
    private final ServerIdentity identity;

    private CertificateAuthority(ServerIdentity identity) {
        this.identity = identity;
    }

    /**
     * Makes an authority with a new key.
     *
     * @param name its common name
     * @return the authority
     */
    public static CertificateAuthority create(String name) {
        return new CertificateAuthority(CertificateMaker.make(name, List.of(), null));
    }

    ServerIdentity issue(List<String> hosts) {
        return CertificateMaker.make(hosts.get(0), hosts, identity);
    }

    /**
     * The authority's own certificate.
     *
     * @return self-signed
     */
    public X509Certificate certificate() {
        return identity.leaf();
    }

    /**
     * The authority's certificate as text.
     *
     * @return PEM, with a line feed at the end
     */
    public String pem() {
        return pem(certificate());
    }

    /**
     * A client's TLS context that trusts this authority and no other.
     *
     * @return a new context
     */
    public SSLContext sslContext() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trustStore());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java runtime has no TLS", missing);
        }
    }

    /**
     * A server's TLS context with a new key and its certificate.
     *
     * @param hosts at least one name or address of the server
     * @return a new context
     */
    public SSLContext serverSslContext(String... hosts) {
        return ServerTls.context(issue(List.of(hosts)), Map.of());
    }

    /**
     * Writes the certificate as PEM.
     *
     * @param file where; replaced if there
     * @return the same path
     * @throws UncheckedIOException if it cannot be written
     */
    public Path writePem(Path file) {
        try {
            return Files.writeString(file, pem());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Writes a PKCS#12 trust store, for {@code javax.net.ssl.trustStore}.
     *
     * @param file where; replaced if there
     * @param password the store's password
     * @return the same path
     * @throws UncheckedIOException if it cannot be written
     */
    public Path writeTrustStore(Path file, String password) {
        return write(trustStore(), file, password);
    }

    /**
     * Writes a PKCS#12 key store with a new key and its certificate, for a TLS server of another kind.
     *
     * @param file where; replaced if there
     * @param password the password of store and key
     * @param hosts at least one name or address of the server
     * @return the same path
     * @throws UncheckedIOException if it cannot be written
     */
    public Path writeServerKeyStore(Path file, String password, String... hosts) {
        ServerIdentity server = issue(List.of(hosts));
        try {
            KeyStore store = emptyStore();
            X509Certificate[] chain = server.chain().toArray(new X509Certificate[0]);
            store.setKeyEntry("server", server.key(), password.toCharArray(), chain);
            return write(store, file, password);
        } catch (GeneralSecurityException missing) {
            throw withoutStores(missing);
        }
    }

    private static Path write(KeyStore store, Path file, String password) {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (GeneralSecurityException missing) {
            throw withoutStores(missing);
        }
    }

    private KeyStore trustStore() {
        try {
            KeyStore store = emptyStore();
            store.setCertificateEntry("test-ca", certificate());
            return store;
        } catch (GeneralSecurityException missing) {
            throw withoutStores(missing);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return store;
    }

    private static IllegalStateException withoutStores(GeneralSecurityException missing) {
        return new IllegalStateException("this Java runtime has no PKCS#12", missing);
    }

    static String pem(X509Certificate certificate) {
        return KeyEncoding.pem("CERTIFICATE", encoded(certificate));
    }

    static String thumbprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(encoded(certificate));
            return HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java runtime has no SHA-1", missing);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException malformed) {
            throw new IllegalStateException("a certificate that was parsed cannot be encoded", malformed);
        }
    }

    @Override
    public String toString() {
        return "CertificateAuthority[" + certificate().getSubjectX500Principal().getName() + "]";
    }
}
