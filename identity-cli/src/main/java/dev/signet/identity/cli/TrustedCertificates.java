// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Trust in the certificates of a PEM file. */
final class TrustedCertificates {
    private TrustedCertificates() {}

    /**
     * Sockets that trust a file's certificates and no others.
     *
     * @throws IllegalArgumentException if the file cannot be read or has no certificate
     */
    static SSLSocketFactory socketFactory(Path file) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("--ca-file: " + file + " has no certificate in PEM form");
            }
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("ca" + number, certificate);
                number++;
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(
                    "--ca-file: " + file + " cannot be read as PEM certificates; name a readable file", unreadable);
        }
    }
}
