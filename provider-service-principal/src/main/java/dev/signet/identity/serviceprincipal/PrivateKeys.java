// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.Secret;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads RSA private keys: PKCS#8 (RFC 5958), PKCS#8 encrypted by a password (RFC 8018), PKCS#1 (RFC 8017). */
final class PrivateKeys {
    private static final String PBES2 = "PBEWithHmac";

    /** Version 0 and the algorithm rsaEncryption without parameters: what PKCS#8 puts in front of a PKCS#1 key. */
    private static final byte[] RSA_HEADER = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0D,
        0x06,
        0x09,
        0x2A,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xF7,
        0x0D,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    private PrivateKeys() {}

    /** Whether a PEM block of this label holds a private key. */
    static boolean isKey(String label) {
        return label.endsWith("PRIVATE KEY");
    }

    /**
     * Reads the key of a PEM block.
     *
     * @throws IllegalArgumentException if it is no RSA key, damaged, or its password is missing or wrong
     */
    static PrivateKey read(PemBlocks.Block block, @Nullable Secret password) {
        if (block.legacyEncryption()) {
            throw new IllegalArgumentException("the key is encrypted in the old way of OpenSSL; convert it with"
                    + " 'openssl pkcs8 -topk8' and keep the password");
        }
        return switch (block.label()) {
            case "PRIVATE KEY" -> rsa(block.content());
            case "RSA PRIVATE KEY" -> rsa(wrapped(block.content()));
            case "ENCRYPTED PRIVATE KEY" -> rsa(decrypted(block.content(), password));
            case "EC PRIVATE KEY" -> throw notRsa("EC");
            default ->
                throw new IllegalArgumentException(
                        "the PEM block " + block.label() + " is not known; an RSA key in PKCS#8 or PKCS#1 is needed");
        };
    }

    /** The failure of a key with which Entra lets no application prove itself. */
    static IllegalArgumentException notRsa(String algorithm) {
        return new IllegalArgumentException(
                "an RSA key is needed, this one is " + algorithm + "; make a certificate with an RSA key");
    }

    private static PrivateKey rsa(byte[] pkcs8) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (InvalidKeySpecException notRsa) {
            throw isEc(pkcs8) ? notRsa("EC") : damaged(notRsa);
        } catch (GeneralSecurityException unsupported) {
            throw damaged(unsupported);
        }
    }

    private static boolean isEc(byte[] pkcs8) {
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)) != null;
        } catch (GeneralSecurityException other) {
            return false;
        }
    }

    private static byte[] decrypted(byte[] content, @Nullable Secret password) {
        if (password == null) {
            throw new IllegalArgumentException("the key is encrypted and no password is set; set it with withPassword"
                    + " or AZURE_CLIENT_CERTIFICATE_PASSWORD");
        }
        char[] characters = password.reveal().toCharArray();
        try {
            EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(content);
            AlgorithmParameters parameters = encrypted.getAlgParameters();
            String scheme = parameters == null ? "" : parameters.toString();
            Cipher cipher = scheme.startsWith(PBES2)
                    ? pbes2(scheme, parameters, characters)
                    : pbes1(encrypted.getAlgName(), parameters, characters);
            byte[] plain = cipher.doFinal(encrypted.getEncryptedData());
            if (!isOneSequence(plain)) {
                // one wrong password in 256 leaves a padding that looks right
                throw new BadPaddingException("no key");
            }
            return plain;
        } catch (BadPaddingException wrongPassword) {
            throw new IllegalArgumentException("the password of the key is wrong", wrongPassword);
        } catch (IOException | GeneralSecurityException unsupported) {
            throw damaged(unsupported);
        }
    }

    /** Whether it looks like what PKCS#8 has: one DER sequence and nothing else. */
    private static boolean isOneSequence(byte[] der) {
        if (der.length < 2 || der[0] != 0x30) {
            return false;
        }
        int first = der[1] & 0xFF;
        int more = first < 0x80 ? 0 : first - 0x80;
        if (more > 3 || der.length < 2 + more) {
            return false;
        }
        int length = more == 0 ? first : 0;
        for (int i = 0; i < more; i++) {
            length = length << 8 | der[2 + i] & 0xFF;
        }
        return length == der.length - 2 - more;
    }

    /** By its parts, because the JDK's cipher for the whole takes passwords in ASCII only. */
    private static Cipher pbes2(String scheme, AlgorithmParameters parameters, char[] password)
            throws GeneralSecurityException {
        int and = scheme.indexOf("AndAES_");
        if (and < 0) {
            throw new GeneralSecurityException("unsupported encryption " + scheme);
        }
        String hash = scheme.substring(PBES2.length(), and);
        int bits = Integer.parseInt(scheme.substring(and + "AndAES_".length()));
        PBEParameterSpec spec = parameters.getParameterSpec(PBEParameterSpec.class);
        SecretKeyFactory factory = SecretKeyFactory.getInstance("PBKDF2WithHmac" + hash);
        byte[] key = factory.generateSecret(new PBEKeySpec(password, spec.getSalt(), spec.getIterationCount(), bits))
                .getEncoded();
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), spec.getParameterSpec());
        return cipher;
    }

    private static Cipher pbes1(String algorithm, @Nullable AlgorithmParameters parameters, char[] password)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(algorithm);
        SecretKeyFactory factory = SecretKeyFactory.getInstance(algorithm);
        cipher.init(Cipher.DECRYPT_MODE, factory.generateSecret(new PBEKeySpec(password)), parameters);
        return cipher;
    }

    private static IllegalArgumentException damaged(Exception cause) {
        return new IllegalArgumentException(
                "the private key cannot be read; export it again as PKCS#8 with 'openssl pkcs8 -topk8'", cause);
    }

    /** A PKCS#1 key as PKCS#8: a sequence of version, algorithm and the key as octet string. */
    private static byte[] wrapped(byte[] pkcs1) {
        byte[] key = tagged((byte) 0x04, pkcs1);
        byte[] body = Arrays.copyOf(RSA_HEADER, RSA_HEADER.length + key.length);
        System.arraycopy(key, 0, body, RSA_HEADER.length, key.length);
        return tagged((byte) 0x30, body);
    }

    /** Tag, length and content in DER (X.690). */
    private static byte[] tagged(byte tag, byte[] content) {
        int length = content.length;
        byte[] head = length < 0x80
                ? new byte[] {tag, (byte) length}
                : length < 0x100
                        ? new byte[] {tag, (byte) 0x81, (byte) length}
                        : new byte[] {tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        byte[] all = Arrays.copyOf(head, head.length + length);
        System.arraycopy(content, 0, all, head.length, length);
        return all;
    }
}
