// SPDX-License-Identifier: MIT
package dev.signet.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCachePersistenceOptionsTest {
    private final TokenCachePersistenceOptions defaults = TokenCachePersistenceOptions.defaults();

    @Test
    void defaults_areIsolatedAndEncrypted() {
        assertEquals("signet.cache", defaults.name());
        assertFalse(defaults.unencryptedStorageAllowed());
    }

    @Test
    void with_keepsTheOtherPart() {
        TokenCachePersistenceOptions changed = defaults.withName("a-b_1.c").withUnencryptedStorageAllowed(true);
        assertEquals("a-b_1.c", changed.name());
        assertTrue(changed.unencryptedStorageAllowed());
        assertEquals(changed, defaults.withUnencryptedStorageAllowed(true).withName("a-b_1.c"));
        assertEquals(
                changed.hashCode(),
                defaults.withUnencryptedStorageAllowed(true).withName("a-b_1.c").hashCode());
        assertNotEquals(defaults, changed);
        assertEquals("TokenCachePersistenceOptions[name=a-b_1.c, unencryptedStorageAllowed=true]", changed.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", ".hidden", "a/b", "a\\b", "a b", "caf\u00e9", "a\0"})
    void withName_noFileName_isRefused(String name) {
        assertEquals(
                "the name of a token cache must consist of letters, digits, '.', '-' and '_' and not start with '.'",
                assertThrows(IllegalArgumentException.class, () -> defaults.withName(name))
                        .getMessage());
    }
}
