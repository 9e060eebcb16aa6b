// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class DpapiTest {
    private static final byte[] CONTENT = {1, 2, 3};

    @Test
    void protect_functionThatRefuses_isAnIoException() {
        Dpapi dpapi = new Dpapi(
                plain -> {
                    throw new IllegalStateException("0x8009000B");
                },
                kept -> {
                    throw new UnsatisfiedLinkError("Crypt32");
                });
        assertEquals(
                "Windows' data protection refuses",
                assertThrows(IOException.class, () -> dpapi.protect(CONTENT)).getMessage());
        assertThrows(IOException.class, () -> dpapi.reveal(CONTENT));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void protect_notOnWindows_isAnIoException() {
        assertThrows(IOException.class, () -> Dpapi.ofCurrentUser().protect(CONTENT));
    }

    @Test
    @EnabledOnOs(OS.WINDOWS)
    void reveal_whatWasProtected_isTheSame() throws IOException {
        Dpapi dpapi = Dpapi.ofCurrentUser();
        assertArrayEquals(CONTENT, dpapi.reveal(dpapi.protect(CONTENT)));
    }
}
