// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.internal;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signs JSON Web Tokens (RFC 7519) with RS256. Making the key is slow, so all signers of a JVM share one. */
public final class JwtSigner {
    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();
    private static final KeyPair KEYS = CertificateMaker.rsaKeys();
    private static final String KEY_ID = keyId();

    private JwtSigner() {}

    private static String keyId() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(KEYS.getPublic().getEncoded());
            return BASE64_URL.encodeToString(digest).substring(0, 27);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java runtime has no SHA-256", missing);
        }
    }

    /**
     * Signs claims.
     *
     * @param claims the payload
     * @return header, payload and signature
     */
    public static String sign(Map<String, ?> claims) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "JWT");
        header.put("alg", "RS256");
        header.put("kid", KEY_ID);
        String content = encode(Json.write(header)) + "." + encode(Json.write(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KEYS.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + BASE64_URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("signing failed", failure);
        }
    }

    /**
     * The public key as a JSON Web Key Set (RFC 7517).
     *
     * @return names and values of the document
     */
    public static Map<String, Object> keySet() {
        RSAPublicKey key = (RSAPublicKey) KEYS.getPublic();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kty", "RSA");
        entry.put("use", "sig");
        entry.put("alg", "RS256");
        entry.put("kid", KEY_ID);
        entry.put("n", BASE64_URL.encodeToString(unsigned(key.getModulus())));
        entry.put("e", BASE64_URL.encodeToString(unsigned(key.getPublicExponent())));
        return Map.of("keys", List.of(entry));
    }

    /**
     * Whether {@link #sign} made a token.
     *
     * @param token a token, taken apart
     * @return true if its signature is ours
     */
    public static boolean signed(Jwt token) {
        return token.verifies(KEYS.getPublic());
    }

    /**
     * Reads the claims of a token without checking its signature.
     *
     * @param token any text
     * @return the payload; null if the text is no JSON Web Token
     */
    public static @Nullable Map<String, @Nullable Object> claims(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            return Json.readObject(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /**
     * Reads the claims of a token that was signed here.
     *
     * @param token any text
     * @return the payload; null if the text is no such token
     */
    public static @Nullable Map<String, @Nullable Object> verifiedClaims(String token) {
        int end = token.lastIndexOf('.');
        Map<String, @Nullable Object> claims = claims(token);
        if (claims == null) {
            return null;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(KEYS.getPublic());
            signature.update(token.substring(0, end).getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getUrlDecoder().decode(token.substring(end + 1))) ? claims : null;
        } catch (GeneralSecurityException | IllegalArgumentException foreign) {
            return null;
        }
    }

    private static String encode(String json) {
        return BASE64_URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
