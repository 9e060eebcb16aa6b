// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.internal;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Writes private keys in the forms that other tools write, and PEM (RFC 7468) round them. */
public final class KeyEncoding {
    private static final Base64.Encoder MIME = Base64.getMimeEncoder(64, new byte[] {'\n'});
    private static final byte[] P256 = Der.oid(1, 2, 840, 10045, 3, 1, 7);
    private static final int P256_BYTES = 32;
    private static final int ITERATIONS = 2048;
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyEncoding() {}

    /**
     * Writes bytes as text.
     *
     * @param label what they are, for example {@code CERTIFICATE}
     * @param content the bytes
     * @return PEM, with a line feed at the end
     */
    public static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + new String(MIME.encode(content), StandardCharsets.US_ASCII)
                + "\n-----END " + label + "-----\n";
    }

    /**
     * An RSA key the way PKCS#1 writes it (RFC 8017 appendix A.1.2).
     *
     * @param key the key
     * @return DER
     */
    public static byte[] pkcs1(RSAPrivateCrtKey key) {
        return Der.sequence(
                Der.integer(0),
                Der.integer(key.getModulus()),
                Der.integer(key.getPublicExponent()),
                Der.integer(key.getPrivateExponent()),
                Der.integer(key.getPrimeP()),
                Der.integer(key.getPrimeQ()),
                Der.integer(key.getPrimeExponentP()),
                Der.integer(key.getPrimeExponentQ()),
                Der.integer(key.getCrtCoefficient()));
    }

    /**
     * A P-256 key the way SEC 1 writes it (RFC 5915).
     *
     * @param key the key
     * @param publicKey the other half
     * @return DER
     */
    public static byte[] sec1(ECPrivateKey key, PublicKey publicKey) {
        ECPoint point = ((ECPublicKey) publicKey).getW();
        return Der.sequence(
                Der.integer(1),
                Der.octets(padded(key.getS())),
                Der.value(0xA0, P256),
                Der.value(
                        0xA1,
                        Der.value(0x03, new byte[] {0, 4}, padded(point.getAffineX()), padded(point.getAffineY()))));
    }

    private static byte[] padded(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[P256_BYTES];
        int length = Math.min(bytes.length, P256_BYTES);
        System.arraycopy(bytes, bytes.length - length, padded, P256_BYTES - length, length);
        return padded;
    }

    /**
     * A key in PKCS#8, encrypted by PBES2 (RFC 8018 section 6.2) with PBKDF2, HMAC-SHA-256 and AES-256-CBC.
     *
     * @param key the key
     * @param password what opens it
     * @return DER
     */
    public static byte[] encrypted(PrivateKey key, String password) {
        byte[] salt = random();
        byte[] vector = random();
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, 256);
        try {
            SecretKey derived =
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec);
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            byte[] raw = derived.getEncoded();
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(raw, "AES"), new IvParameterSpec(vector));
            Arrays.fill(raw, (byte) 0);
            return Der.sequence(
                    Der.sequence(
                            Der.oid(1, 2, 840, 113549, 1, 5, 13), Der.sequence(derivation(salt), encryption(vector))),
                    Der.octets(cipher.doFinal(key.getEncoded())));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java runtime has no AES-256 or PBKDF2", missing);
        } finally {
            spec.clearPassword();
        }
    }

    private static byte[] derivation(byte[] salt) {
        byte[] hmac = Der.sequence(Der.oid(1, 2, 840, 113549, 2, 9), Der.nothing());
        return Der.sequence(
                Der.oid(1, 2, 840, 113549, 1, 5, 12), Der.sequence(Der.octets(salt), Der.integer(ITERATIONS), hmac));
    }

    private static byte[] encryption(byte[] vector) {
        return Der.sequence(Der.oid(2, 16, 840, 1, 101, 3, 4, 1, 42), Der.octets(vector));
    }

    private static byte[] random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
