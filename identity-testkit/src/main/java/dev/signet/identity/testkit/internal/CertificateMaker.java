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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes X.509 certificates (RFC 5280) with P-256 keys, valid for a year from yesterday by the real clock. */
public final class CertificateMaker {
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
    private static final int KEY_IDENTIFIER_BYTES = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private CertificateMaker() {}

    /**
     * Makes a key pair and a certificate for it.
     *
     * @param name the common name
     * @param hosts DNS names and IP literals of a server; none for a certificate authority
     * @param issuer who signs; null for a self-signed certificate
     * @return the key and the chain, leaf first
     */
    public static ServerIdentity make(String name, List<String> hosts, @Nullable ServerIdentity issuer) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            byte[] subject = name(name);
            byte[] issuerName = issuer == null
                    ? subject
                    : issuer.leaf().getSubjectX500Principal().getEncoded();
            PublicKey issuerKey =
                    issuer == null ? keys.getPublic() : issuer.leaf().getPublicKey();
            Instant now = Instant.now();
            byte[] content = Der.sequence(
                    Der.value(0xA0, Der.integer(BigInteger.TWO)),
                    Der.integer(new BigInteger(120, RANDOM).setBit(120)),
                    ECDSA_WITH_SHA256,
                    issuerName,
                    Der.sequence(Der.time(now.minus(Duration.ofDays(1))), Der.time(now.plus(Duration.ofDays(364)))),
                    subject,
                    keys.getPublic().getEncoded(),
                    Der.value(0xA3, extensions(hosts, keys.getPublic(), issuerKey)));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(issuer == null ? keys.getPrivate() : issuer.key());
            signature.update(content);
            byte[] encoded = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
            return issuer == null
                    ? new ServerIdentity(keys.getPrivate(), List.of(certificate))
                    : new ServerIdentity(keys.getPrivate(), List.of(certificate, issuer.leaf()));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java runtime cannot make a P-256 certificate", missing);
        }
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.oid(2, 5, 4, 3), Der.text(commonName))));
    }

    private static byte[] extensions(List<String> hosts, PublicKey own, PublicKey issuer)
            throws GeneralSecurityException {
        boolean authority = hosts.isEmpty();
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
        return Der.sequence(
                common,
                Der.sequence(Der.oid(2, 5, 29, 37), Der.octets(Der.sequence(Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 1)))),
                Der.sequence(Der.oid(2, 5, 29, 17), Der.octets(Der.sequence(alternativeNames(hosts)))));
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
