// SPDX-License-Identifier: MIT
package dev.signet.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void secret_isSeenOnlyWhenRevealed() {
        Secret secret = Secret.of("canary");
        assertEquals("canary", secret.reveal());
        assertEquals("Secret[***]", secret.toString());
        assertEquals(secret.hashCode(), Secret.of("other").hashCode(), "a hash would tell secrets apart");
    }

    @Test
    void equals_comparesTheText() {
        assertEquals(Secret.of("a"), Secret.of("a"));
        assertNotEquals(Secret.of("a"), Secret.of("b"));
        assertNotEquals(Secret.of("a"), "a");
    }

    @Test
    void of_blank_isRefused() {
        assertEquals(
                "a secret must not be blank",
                assertThrows(IllegalArgumentException.class, () -> Secret.of(" \n"))
                        .getMessage());
    }
}
