// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.spi.Environment;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate that environment variables describe. */
final class CertificateVariables {
    static final String PATH = "AZURE_CLIENT_CERTIFICATE_PATH";

    private static final String PASSWORD = "AZURE_CLIENT_CERTIFICATE_PASSWORD";
    private static final String SEND_CHAIN = "AZURE_CLIENT_SEND_CERTIFICATE_CHAIN";
    private static final Logger LOG = LoggerFactory.getLogger(CertificateVariables.class.getPackageName());

    private CertificateVariables() {}

    /**
     * The certificate, not yet read; null when there is no path to it.
     *
     * @throws IllegalArgumentException if the path is malformed
     */
    static @Nullable ClientCertificate certificate(Environment environment) {
        String path = environment.get(PATH).orElse(null);
        if (path == null) {
            return null;
        }
        ClientCertificate certificate = ClientCertificate.ofFile(path(path))
                .withPassword(environment.get(PASSWORD).orElse(""));
        return sendsChain(environment) ? certificate.withChainSent() : certificate;
    }

    private static Path path(String path) {
        try {
            return Path.of(path);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(PATH + " is not a path; give that of a PEM or PKCS#12 file", malformed);
        }
    }

    private static boolean sendsChain(Environment environment) {
        String value = environment.get(SEND_CHAIN).orElse("").strip().toLowerCase(Locale.ROOT);
        switch (value) {
            case "true", "1" -> {
                return true;
            }
            case "", "false", "0" -> {
                return false;
            }
            default -> {
                LOG.warn("{} is neither true nor false; the certificate chain is not sent", SEND_CHAIN);
                return false;
            }
        }
    }
}
