// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Texts that nobody can guess: the verifier of a code with its challenge (RFC 7636), and a state. */
final class Pkce {
    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();
    private static final int BYTES = 32;

    private final Secret verifier;
    private final String challenge;
    private final String state;

    private Pkce(String verifier, String challenge, String state) {
        this.verifier = Secret.of(verifier);
        this.challenge = challenge;
        this.state = state;
    }

    static Pkce create() {
        SecureRandom random = new SecureRandom();
        String verifier = text(random);
        return new Pkce(verifier, sha256(verifier), text(random));
    }

    private static String text(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return BASE64_URL.encodeToString(bytes);
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return BASE64_URL.encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    Secret verifier() {
        return verifier;
    }

    String challenge() {
        return challenge;
    }

    String state() {
        return state;
    }
}
