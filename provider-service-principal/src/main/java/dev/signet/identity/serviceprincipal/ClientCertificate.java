// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.Secret;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A certificate and its private key, as an application proves itself with them. The key is an RSA key: in PEM as PKCS#8,
 * encrypted PKCS#8 or PKCS#1, in a PKCS#12 store, or any key of the JVM, so that it may stay in hardware or a key store.
 * Immutable; {@link #toString()} shows neither key nor password.
 *
 * @since 0.1.0
 */
public final class ClientCertificate {
    private final @Nullable Path file;
    private final @Nullable Supplier<byte[]> bytes;
    private final @Nullable KeyMaterial key;
    private final @Nullable Secret password;
    private final @Nullable String alias;
    private final boolean chainSent;

    private ClientCertificate(
            @Nullable Path file,
            @Nullable Supplier<byte[]> bytes,
            @Nullable KeyMaterial key,
            @Nullable Secret password,
            @Nullable String alias,
            boolean chainSent) {
        this.file = file;
        this.bytes = bytes;
        this.key = key;
        this.password = password;
        this.alias = alias;
        this.chainSent = chainSent;
    }

    /**
     * A file with key and certificate, in PEM or PKCS#12. It is read when a token is needed, and again whenever it has
     * changed.
     *
     * @param file the file
     * @return the certificate
     */
    public static ClientCertificate ofFile(Path file) {
        return new ClientCertificate(Objects.requireNonNull(file), null, null, null, null, false);
    }

    /**
     * Key and certificate in PEM or PKCS#12. They are read when a credential is built.
     *
     * @param content copied
     * @return the certificate
     */
    public static ClientCertificate ofBytes(byte[] content) {
        byte[] copy = content.clone();
        return new ClientCertificate(null, copy::clone, null, null, null, false);
    }

    /**
     * A key of the JVM, for example from a {@code KeyStore}, and its certificates.
     *
     * @param key an RSA key; it need not leave its hardware
     * @param chain the key's certificate and, where they shall be sent, those of its issuers
     * @return the certificate
     * @throws IllegalArgumentException if the key is no RSA key, or no certificate is the key's own
     */
    public static ClientCertificate of(PrivateKey key, List<X509Certificate> chain) {
        return new ClientCertificate(null, null, KeyMaterial.of(key, chain), null, null, false);
    }

    /**
     * The same with a password for the key or the store.
     *
     * @param password the password; a blank one is none
     * @return a new value
     */
    public ClientCertificate withPassword(String password) {
        Secret given = password.isBlank() ? null : Secret.of(password);
        return new ClientCertificate(file, bytes, key, given, alias, chainSent);
    }

    /**
     * The same with one of several keys of a PKCS#12 store.
     *
     * @param alias the name of the key's entry
     * @return a new value
     */
    public ClientCertificate withAlias(String alias) {
        return new ClientCertificate(file, bytes, key, password, Objects.requireNonNull(alias), chainSent);
    }

    /**
     * The same with its chain sent along, so that an application can trust subject name and issuer instead of one
     * certificate.
     *
     * @return a new value
     */
    public ClientCertificate withChainSent() {
        return new ClientCertificate(file, bytes, key, password, alias, true);
    }

    @Nullable
    Path file() {
        return file;
    }

    boolean chainSent() {
        return chainSent;
    }

    /** What is known without a file; null when there is one. */
    @Nullable
    KeyMaterial material() {
        return bytes == null ? key : read(bytes.get());
    }

    /**
     * Reads the content of the file.
     *
     * @throws IllegalArgumentException if it cannot be used
     */
    KeyMaterial read(byte[] content) {
        return KeyMaterialReader.read(content, password, alias);
    }

    @Override
    public String toString() {
        String from = file != null ? file.toString() : key != null ? key.toString() : "bytes";
        return "ClientCertificate[" + from + "]";
    }
}
