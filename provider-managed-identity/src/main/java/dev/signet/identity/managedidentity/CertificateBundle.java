// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Certificate authorities in PEM that are trusted instead of the JVM's, all of a bundle. A file is looked at before
 * each use: what it says anew counts, and while it is empty or unreadable the last good content does. Thread-safe.
 */
final class CertificateBundle {
    private final @Nullable Path file;
    private final AtomicReference<Loaded> loaded;

    private CertificateBundle(@Nullable Path file, Loaded first) {
        this.file = file;
        this.loaded = new AtomicReference<>(first);
    }

    static CertificateBundle ofText(String variable, String pem) {
        return new CertificateBundle(null, first(variable, pem.getBytes(StandardCharsets.UTF_8)));
    }

    static CertificateBundle ofFile(String variable, Path file) {
        try {
            return new CertificateBundle(file, first(variable, Files.readAllBytes(file)));
        } catch (IOException unreadable) {
            throw wrong(variable, unreadable);
        }
    }

    /** Makes sockets that trust the bundle as it is now. */
    SSLSocketFactory socketFactory() {
        Loaded last = Objects.requireNonNull(loaded.get());
        if (file == null) {
            return last.sockets;
        }
        try {
            byte[] content = Files.readAllBytes(file);
            if (!Arrays.equals(content, last.content)) {
                Loaded now = new Loaded(content);
                loaded.set(now);
                return now.sockets;
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            return last.sockets;
        }
        return last.sockets;
    }

    private static Loaded first(String variable, byte[] content) {
        try {
            return new Loaded(content);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            throw wrong(variable, unusable);
        }
    }

    private static IllegalArgumentException wrong(String variable, Exception cause) {
        return new IllegalArgumentException(
                variable + " holds no certificate in PEM; leave it as the cluster sets it", cause);
    }

    /** Content and what was made of it. */
    private static final class Loaded {
        final byte[] content;
        final SSLSocketFactory sockets;

        Loaded(byte[] content) throws IOException, GeneralSecurityException {
            this.content = content;
            this.sockets = sockets(content);
        }

        private static SSLSocketFactory sockets(byte[] pem) throws IOException, GeneralSecurityException {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("no certificate");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        }
    }
}
