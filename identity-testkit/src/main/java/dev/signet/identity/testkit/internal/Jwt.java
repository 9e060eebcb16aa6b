// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A signed JSON Web Token in its compact form (RFC 7515 section 7.1), taken apart. */
public final class Jwt {
    private static final int SALT_BYTES = 32;

    private final Map<String, @Nullable Object> header;
    private final Map<String, @Nullable Object> claims;
    private final String signed;
    private final byte[] signature;

    private Jwt(
            Map<String, @Nullable Object> header,
            Map<String, @Nullable Object> claims,
            String signed,
            byte[] signature) {
        this.header = header;
        this.claims = claims;
        this.signed = signed;
        this.signature = signature;
    }

    /**
     * Takes a token apart.
     *
     * @param token any text
     * @return its parts; null if it is no JSON Web Token
     */
    public static @Nullable Jwt parse(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || token.indexOf('=') >= 0) {
            return null;
        }
        try {
            return new Jwt(
                    object(parts[0]),
                    object(parts[1]),
                    parts[0] + "." + parts[1],
                    Base64.getUrlDecoder().decode(parts[2]));
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static Map<String, @Nullable Object> object(String part) {
        return Json.readObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }

    /**
     * The header.
     *
     * @return names and values as {@link Json} reads them
     */
    public Map<String, @Nullable Object> header() {
        return header;
    }

    /**
     * The payload.
     *
     * @return names and values as {@link Json} reads them
     */
    public Map<String, @Nullable Object> claims() {
        return claims;
    }

    /**
     * A claim that is a text.
     *
     * @param name the claim
     * @return its value; empty where it is absent or something else
     */
    public String text(String name) {
        return claims.get(name) instanceof String text ? text : "";
    }

    /**
     * Whether the key's owner signed the token, by the algorithm that the header names: PS256 or RS256 (RFC 7518
     * section 3.1).
     *
     * @param key the public key
     * @return false also for other algorithms and keys that do not fit
     */
    public boolean verifies(PublicKey key) {
        boolean pss = "PS256".equals(header.get("alg"));
        if (!pss && !"RS256".equals(header.get("alg"))) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(pss ? "RSASSA-PSS" : "SHA256withRSA");
            if (pss) {
                verifier.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SALT_BYTES, 1));
            }
            verifier.initVerify(key);
            verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
            return verifier.verify(signature);
        } catch (GeneralSecurityException unfit) {
            return false;
        }
    }
}
