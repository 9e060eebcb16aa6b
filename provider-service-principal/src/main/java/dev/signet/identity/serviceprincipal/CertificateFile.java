// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate file, read again when its time or size has changed. While its new content cannot be used, for example
 * because it is being written, the last good one serves. Thread-safe.
 */
final class CertificateFile {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateFile.class.getPackageName());
    private static final int MAX_BYTES = 1 << 20;

    private final String credentialName;
    private final ClientCertificate certificate;
    private final Path path;
    private final AtomicReference<@Nullable Loaded> loaded = new AtomicReference<>();

    private CertificateFile(String credentialName, ClientCertificate certificate, Path path) {
        this.credentialName = credentialName;
        this.certificate = certificate;
        this.path = path;
    }

    /** The file of a certificate; null when it has none. */
    static @Nullable CertificateFile of(String credentialName, ClientCertificate certificate) {
        Path path = certificate.file();
        return path == null ? null : new CertificateFile(credentialName, certificate, path);
    }

    /** Key and certificates as they are now. */
    KeyMaterial material() {
        Loaded last = loaded.get();
        String state = "missing";
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            state = now.lastModifiedTime() + " " + now.size();
            if (last != null && last.state.equals(state)) {
                return last.material;
            }
            KeyMaterial material = certificate.read(content());
            loaded.set(new Loaded(state, material));
            return material;
        } catch (IOException | IllegalArgumentException unusable) {
            if (last == null) {
                throw unusable(unusable);
            }
            keep(last, state, unusable);
            return last.material;
        }
    }

    private byte[] content() throws IOException {
        try (InputStream input = Files.newInputStream(path)) {
            byte[] content = input.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new IllegalArgumentException("it is over 1 MiB; keep key and certificates only");
            }
            return content;
        }
    }

    private void keep(Loaded last, String state, Exception unusable) {
        if (loaded.compareAndSet(last, new Loaded(state, last.material))) {
            LOG.warn(
                    "{}: the certificate file {} has changed and cannot be used, the last one serves: {}",
                    credentialName,
                    path,
                    reason(unusable));
        }
    }

    private ClientAuthenticationException unusable(Exception cause) {
        return new ClientAuthenticationException(
                FailureDetails.rejected(
                                credentialName, "the certificate file " + path + " cannot be used: " + reason(cause))
                        .outcome(Outcome.MISCONFIGURED)
                        .build(),
                cause);
    }

    private static String reason(Exception cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no such file; check the path";
        }
        String message = cause.getMessage();
        return cause instanceof IOException || message == null
                ? "it cannot be read (" + cause.getClass().getSimpleName() + "); check who may read it"
                : message;
    }

    @Override
    public String toString() {
        return "CertificateFile[" + path + "]";
    }

    /** What the file held when it had this time and size. */
    private static final class Loaded {
        private final String state;
        private final KeyMaterial material;

        Loaded(String state, KeyMaterial material) {
            this.state = state;
            this.material = material;
        }
    }
}
