// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.CertificateMaker;
import dev.signet.identity.testkit.internal.KeyEncoding;
import dev.signet.identity.testkit.internal.ServerIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A private key with its certificate, in every form in which a client may be given one. Making an RSA key takes a good
 * part of a second: keep the certificate for many tests, or give its keys to others by {@link Builder#keysOf}.
 * Immutable; {@link #toString()} shows no key.
 *
 * @since 0.1.0
 */
public final class TestCertificate {
    private final String name;
    private final KeyPair keys;
    private final ServerIdentity identity;

    private TestCertificate(String name, KeyPair keys, ServerIdentity identity) {
        this.name = name;
        this.keys = keys;
        this.identity = identity;
    }

    /**
     * A self-signed certificate with an RSA key of 2048 bits, valid for a year from yesterday by the real clock.
     *
     * @param name its common name
     * @return a new certificate
     */
    public static TestCertificate create(String name) {
        return builder(name).build();
    }

    /**
     * Starts a certificate.
     *
     * @param name its common name
     * @return a builder
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /**
     * The common name, which is also the alias in PKCS#12.
     *
     * @return as given
     */
    public String name() {
        return name;
    }

    /**
     * The certificate of the key.
     *
     * @return the first of the chain
     */
    public X509Certificate certificate() {
        return identity.leaf();
    }

    /**
     * The certificate and those of its issuers.
     *
     * @return leaf first
     */
    public List<X509Certificate> chain() {
        return identity.chain();
    }

    /**
     * The private key.
     *
     * @return RSA, or on P-256
     */
    public PrivateKey privateKey() {
        return keys.getPrivate();
    }

    /**
     * What {@code x5t#S256} says of the certificate (RFC 7515 section 4.1.8).
     *
     * @return SHA-256 over its DER in base64url without padding
     */
    public String thumbprint() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(certificate().getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java runtime has no SHA-256", missing);
        }
    }

    /**
     * The certificate alone.
     *
     * @return PEM
     */
    public String certificatePem() {
        return CertificateAuthority.pem(certificate());
    }

    /**
     * The certificate and those of its issuers.
     *
     * @return PEM, leaf first
     */
    public String chainPem() {
        StringBuilder text = new StringBuilder();
        chain().forEach(certificate -> text.append(CertificateAuthority.pem(certificate)));
        return text.toString();
    }

    /**
     * The key in PKCS#8.
     *
     * @return PEM, {@code BEGIN PRIVATE KEY}
     */
    public String keyPem() {
        return KeyEncoding.pem("PRIVATE KEY", privateKey().getEncoded());
    }

    /**
     * The key in PKCS#8, encrypted by PBES2 (RFC 8018) with AES-256.
     *
     * @param password what opens it
     * @return PEM, {@code BEGIN ENCRYPTED PRIVATE KEY}
     */
    public String encryptedKeyPem(String password) {
        return KeyEncoding.pem("ENCRYPTED PRIVATE KEY", KeyEncoding.encrypted(privateKey(), password));
    }

    /**
     * The key in the form of its kind: PKCS#1 for RSA (RFC 8017), SEC 1 for P-256 (RFC 5915).
     *
     * @return PEM, {@code BEGIN RSA PRIVATE KEY} or {@code BEGIN EC PRIVATE KEY}
     */
    public String traditionalKeyPem() {
        return privateKey() instanceof RSAPrivateCrtKey rsa
                ? KeyEncoding.pem("RSA PRIVATE KEY", KeyEncoding.pkcs1(rsa))
                : KeyEncoding.pem("EC PRIVATE KEY", KeyEncoding.sec1((ECPrivateKey) privateKey(), keys.getPublic()));
    }

    /**
     * The key in PKCS#8 and the chain behind it: a whole file for {@code AZURE_CLIENT_CERTIFICATE_PATH}.
     *
     * @return PEM
     */
    public String pem() {
        return keyPem() + chainPem();
    }

    /**
     * A PKCS#12 store with this key and its chain, and possibly with more.
     *
     * @param password protects store and keys; may be empty
     * @param others certificates whose keys go into the same store, under their names
     * @return the bytes of the file
     */
    public byte[] pkcs12(String password, TestCertificate... others) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            enter(store, password);
            for (TestCertificate other : others) {
                other.enter(store, password);
            }
            store.store(out, password.toCharArray());
            return out.toByteArray();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java runtime has no PKCS#12", missing);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void enter(KeyStore store, String password) throws GeneralSecurityException {
        store.setKeyEntry(name, privateKey(), password.toCharArray(), chain().toArray(new Certificate[0]));
    }

    /**
     * Writes {@link #pem()}.
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
     * Writes {@link #pkcs12}.
     *
     * @param file where; replaced if there
     * @param password protects store and key
     * @return the same path
     * @throws UncheckedIOException if it cannot be written
     */
    public Path writePkcs12(Path file, String password) {
        try {
            return Files.write(file, pkcs12(password));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String toString() {
        return "TestCertificate[" + name + "]";
    }

    /** Collects what a certificate shall be. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private @Nullable KeyPair keys;
        private boolean elliptic;
        private boolean authority;
        private @Nullable TestCertificate issuer;
        private Instant from = Instant.now().minus(Duration.ofDays(1));
        private Instant until = from.plus(Duration.ofDays(365));

        private Builder(String name) {
            this.name = Objects.requireNonNull(name);
        }

        /**
         * Makes a key on P-256 instead of an RSA key.
         *
         * @return this
         */
        public Builder elliptic() {
            this.elliptic = true;
            return this;
        }

        /**
         * Takes the keys of another certificate instead of making new ones.
         *
         * @param other whose keys
         * @return this
         */
        public Builder keysOf(TestCertificate other) {
            this.keys = other.keys;
            return this;
        }

        /**
         * Lets the certificate sign others.
         *
         * @return this
         */
        public Builder authority() {
            this.authority = true;
            return this;
        }

        /**
         * Sets who signs; its chain comes behind the new certificate.
         *
         * @param issuer the certificate itself unless given
         * @return this
         */
        public Builder issuer(TestCertificate issuer) {
            this.issuer = Objects.requireNonNull(issuer);
            return this;
        }

        /**
         * Sets when the certificate is valid.
         *
         * @param from yesterday by the real clock unless given
         * @param until a year later unless given
         * @return this
         */
        public Builder validity(Instant from, Instant until) {
            this.from = Objects.requireNonNull(from);
            this.until = Objects.requireNonNull(until);
            return this;
        }

        /**
         * Makes the certificate, and its keys unless they are another's.
         *
         * @return a new certificate
         */
        public TestCertificate build() {
            KeyPair given = keys;
            KeyPair pair = given != null ? given : elliptic ? CertificateMaker.ecKeys() : CertificateMaker.rsaKeys();
            CertificateMaker.Content content = new CertificateMaker.Content(name, authority, List.of(), from, until);
            TestCertificate signer = issuer;
            return new TestCertificate(
                    name, pair, CertificateMaker.make(content, pair, signer == null ? null : signer.identity));
        }
    }
}
