// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.microsoft.aad.msal4jextensions.persistence.ICacheAccessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The seam before the keychain and the Secret Service. */
class AccessorVaultTest {
    private static final byte[] CONTENT = {1, 2, 3};

    private final Map<String, byte[]> items = new HashMap<>();
    private Path touched;

    private AccessorVault vault() {
        return new AccessorVault("item", (file, item) -> {
            touched = Path.of(file);
            return new ICacheAccessor() {
                @Override
                public byte[] read() {
                    return items.get(item);
                }

                @Override
                public void write(byte[] content) {
                    assertEquals(true, Files.exists(touched));
                    items.put(item, content);
                }

                @Override
                public void delete() {
                    items.remove(item);
                }
            };
        });
    }

    private static AccessorVault broken(Throwable failure) {
        return new AccessorVault("item", (file, item) -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        });
    }

    @Test
    void write_content_isReadAgain() throws IOException {
        AccessorVault vault = vault();
        assertNull(vault.read());
        vault.write(CONTENT);
        assertArrayEquals(CONTENT, vault.read());
        assertFalse(Files.exists(touched));
    }

    @Test
    void selfTest_withAnItem_leavesItAndNothingElse() throws IOException {
        AccessorVault vault = vault();
        vault.write(CONTENT);
        vault.selfTest();
        assertEquals(1, items.size());
        assertArrayEquals(CONTENT, vault.read());
    }

    @Test
    void selfTest_storeThatForgets_fails() {
        AccessorVault vault = new AccessorVault("item", (file, item) -> new ICacheAccessor() {
            @Override
            public byte[] read() {
                return new byte[0];
            }

            @Override
            public void write(byte[] content) {}

            @Override
            public void delete() {}
        });
        IOException failure = assertThrows(IOException.class, vault::selfTest);
        assertEquals("what was written could not be read again", failure.getMessage());
    }

    @Test
    void read_libraryMissing_saysSo() {
        UnsatisfiedLinkError missing = new UnsatisfiedLinkError("libsecret-1.so.0");
        IOException failure =
                assertThrows(IOException.class, () -> broken(missing).read());
        assertEquals("its library is not installed", failure.getMessage());
        assertSame(missing, failure.getCause());
    }

    @Test
    void read_errorOfTheExtension_isAnIoException() {
        Error unreadable = new Error("Exception reading field 'domain'");
        IOException failure =
                assertThrows(IOException.class, () -> broken(unreadable).read());
        assertEquals("it is absent, locked or refuses", failure.getMessage());
    }

    @Test
    void read_outOfMemory_isThrown() {
        OutOfMemoryError fatal = new OutOfMemoryError();
        assertSame(
                fatal, assertThrows(OutOfMemoryError.class, () -> broken(fatal).read()));
    }
}
