// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes X.509 certificates (RFC 5280). */
public final class CertificateMaker {
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
    private static final byte[] SHA256_WITH_RSA = Der.sequence(Der.oid(1, 2, 840, 113549, 1, 1, 11), Der.nothing());
    private static final byte[] SERVER_AUTH = Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 1);
    private static final byte[] CLIENT_AUTH = Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 2);
    private static final int KEY_IDENTIFIER_BYTES = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private CertificateMaker() {}

    /**
     * What a certificate says beside its key.
     *
     * @param name the common name
     * @param authority whether it may sign others
     * @param hosts DNS names and IP literals of a server; none for authorities and clients
     * @param from when it becomes valid
     * @param until when it ends
     */
    public record Content(String name, boolean authority, List<String> hosts, Instant from, Instant until) {}

    /**
     * Makes a P-256 key pair and a certificate for it, valid for a year from yesterday by the real clock.
     *
     * @param name the common name
     * @param hosts DNS names and IP literals of a server; none for a certificate authority
     * @param issuer who signs; null for a self-signed certificate
     * @return the key and the chain, leaf first
     */
    public static ServerIdentity make(String name, List<String> hosts, @Nullable ServerIdentity issuer) {
        Instant now = Instant.now();
        Instant from = now.minus(Duration.ofDays(1));
        Content content = new Content(name, hosts.isEmpty(), hosts, from, from.plus(Duration.ofDays(365)));
        return make(content, ecKeys(), issuer);
    }

    /**
     * Makes a certificate for a key pair.
     *
     * @param content what it says
     * @param keys RSA or P-256
     * @param issuer who signs; null for a self-signed certificate
     * @return the key and the chain, leaf first
     */
    public static ServerIdentity make(Content content, KeyPair keys, @Nullable ServerIdentity issuer) {
        byte[] subject = name(content.name());
        byte[] issuerName = issuer == null
                ? subject
                : issuer.leaf().getSubjectX500Principal().getEncoded();
        PublicKey issuerKey = issuer == null ? keys.getPublic() : issuer.leaf().getPublicKey();
        boolean rsa = issuerKey.getAlgorithm().equals("RSA");
        byte[] algorithm = rsa ? SHA256_WITH_RSA : ECDSA_WITH_SHA256;
        try {
            byte[] body = Der.sequence(
                    Der.value(0xA0, Der.integer(2)),
                    Der.integer(new BigInteger(120, RANDOM).setBit(120)),
                    algorithm,
                    issuerName,
                    Der.sequence(Der.time(content.from()), Der.time(content.until())),
                    subject,
                    keys.getPublic().getEncoded(),
                    Der.value(0xA3, extensions(content, keys.getPublic(), issuerKey)));
            Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
            signature.initSign(issuer == null ? keys.getPrivate() : issuer.key());
            signature.update(body);
            byte[] encoded = Der.sequence(body, algorithm, Der.bits(0, signature.sign()));
            List<X509Certificate> chain = new ArrayList<>();
            chain.add((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded)));
            if (issuer != null) {
                chain.addAll(issuer.chain());
            }
            return new ServerIdentity(keys.getPrivate(), List.copyOf(chain));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java runtime cannot make a certificate", missing);
        }
    }

    /**
     * Makes a key pair on P-256.
     *
     * @return a new pair
     */
    public static KeyPair ecKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java runtime has no P-256", missing);
        }
    }

    /**
     * Makes an RSA key pair of 2048 bits, which is slow.
     *
     * @return a new pair
     */
    public static KeyPair rsaKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java runtime has no RSA", missing);
        }
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.oid(2, 5, 4, 3), Der.text(commonName))));
    }

    private static byte[] extensions(Content content, PublicKey own, PublicKey issuer) throws GeneralSecurityException {
        boolean authority = content.authority();
        // keyUsage bits: digitalSignature is the first; keyCertSign and cRLSign are the sixth and seventh
        byte[] usage = authority ? Der.bits(1, new byte[] {(byte) 0x06}) : Der.bits(7, new byte[] {(byte) 0x80});
        byte[] constraints = authority ? Der.sequence(Der.yes()) : Der.sequence();
        byte[] common = join(
                Der.sequence(Der.oid(2, 5, 29, 19), Der.yes(), Der.octets(constraints)),
                Der.sequence(Der.oid(2, 5, 29, 15), Der.yes(), Der.octets(usage)),
                Der.sequence(Der.oid(2, 5, 29, 14), Der.octets(Der.octets(keyIdentifier(own)))),
                Der.sequence(Der.oid(2, 5, 29, 35), Der.octets(Der.sequence(Der.value(0x80, keyIdentifier(issuer))))));
        if (authority) {
            return Der.sequence(common);
        }
        boolean server = !content.hosts().isEmpty();
        byte[] use = Der.sequence(Der.oid(2, 5, 29, 37), Der.octets(Der.sequence(server ? SERVER_AUTH : CLIENT_AUTH)));
        if (!server) {
            return Der.sequence(common, use);
        }
        byte[] names = Der.octets(Der.sequence(alternativeNames(content.hosts())));
        return Der.sequence(common, use, Der.sequence(Der.oid(2, 5, 29, 17), names));
    }

    private static byte[] alternativeNames(List<String> hosts) {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        for (String host : hosts) {
            byte @Nullable [] address = IpLiteral.parse(host);
            names.writeBytes(
                    address == null
                            ? Der.value(0x82, host.getBytes(StandardCharsets.US_ASCII))
                            : Der.value(0x87, address));
        }
        return names.toByteArray();
    }

    private static byte[] keyIdentifier(PublicKey key) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        return Arrays.copyOf(digest, KEY_IDENTIFIER_BYTES);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
