// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads key and certificates from PEM (RFC 7468) or PKCS#12 (RFC 7292), whichever the bytes are. */
final class KeyMaterialReader {
    private KeyMaterialReader() {}

    /**
     * Reads key and certificates.
     *
     * @param content PEM text or a PKCS#12 store
     * @param password of the key or the store; null for none
     * @param alias which key of a store; null for its only one
     * @return key and chain
     * @throws IllegalArgumentException if they cannot be used; the message says why and what to do
     */
    static KeyMaterial read(byte[] content, @Nullable Secret password, @Nullable String alias) {
        return PemBlocks.isPem(content) ? pem(content, password) : pkcs12(content, password, alias);
    }

    private static KeyMaterial pem(byte[] content, @Nullable Secret password) {
        PrivateKey key = null;
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlocks.Block block : PemBlocks.read(content)) {
            if (PrivateKeys.isKey(block.label())) {
                if (key != null) {
                    throw new IllegalArgumentException(
                            "there are several private keys; keep the application's own only");
                }
                key = PrivateKeys.read(block, password);
            } else if (block.label().endsWith("CERTIFICATE")) {
                certificates.add(certificate(block.content()));
            }
        }
        if (key == null) {
            throw new IllegalArgumentException(
                    "there is no private key; append it to the certificate as a PRIVATE KEY block");
        }
        return KeyMaterial.of(key, certificates);
    }

    private static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException damaged) {
            throw new IllegalArgumentException("a certificate cannot be read; export it again", damaged);
        }
    }

    private static KeyMaterial pkcs12(byte[] content, @Nullable Secret password, @Nullable String alias) {
        char[] characters = password == null ? new char[0] : password.reveal().toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), characters);
            String chosen = alias == null ? onlyKey(store) : alias;
            if (!(store.getKey(chosen, characters) instanceof PrivateKey key)) {
                throw new IllegalArgumentException(
                        "there is no private key named " + alias + "; there are " + String.join(", ", keys(store)));
            }
            List<X509Certificate> certificates = new ArrayList<>();
            for (Certificate certificate : store.getCertificateChain(chosen)) {
                certificates.add((X509Certificate) certificate);
            }
            return KeyMaterial.of(key, certificates);
        } catch (IOException unreadable) {
            throw unreadable.getCause() instanceof UnrecoverableKeyException
                    ? wrongPassword(password, unreadable)
                    : new IllegalArgumentException(
                            "neither PEM nor PKCS#12 can be read there; export key and certificate again", unreadable);
        } catch (UnrecoverableKeyException wrongPassword) {
            throw wrongPassword(password, wrongPassword);
        } catch (GeneralSecurityException unsupported) {
            throw new IllegalArgumentException(
                    "the PKCS#12 store cannot be read; export key and certificate again", unsupported);
        }
    }

    private static String onlyKey(KeyStore store) throws GeneralSecurityException {
        List<String> keys = keys(store);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no private key; export the certificate with its key");
        }
        if (keys.size() > 1) {
            throw new IllegalArgumentException(
                    "there are several private keys, " + String.join(", ", keys) + "; choose one with withAlias");
        }
        return keys.get(0);
    }

    private static List<String> keys(KeyStore store) throws GeneralSecurityException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        Collections.sort(keys);
        return keys;
    }

    private static IllegalArgumentException wrongPassword(@Nullable Secret password, Exception cause) {
        return new IllegalArgumentException(
                password == null
                        ? "the store needs a password and none is set; set it with withPassword or"
                                + " AZURE_CLIENT_CERTIFICATE_PASSWORD"
                        : "the password of the store is wrong",
                cause);
    }
}
