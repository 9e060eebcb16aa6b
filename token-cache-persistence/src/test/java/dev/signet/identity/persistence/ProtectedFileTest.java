// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.persistence.internal.Protection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The seam before Windows' data protection. */
class ProtectedFileTest {
    private static final String JSON = "{\"RefreshToken\":{}}";

    @TempDir
    Path home;

    private DiskTokenCacheStore store(Protection protection) {
        CacheFile file = new CacheFile(home.resolve("c").resolve("signet.cache.nocae"));
        CacheContent content = new CacheContent.InFile(file, protection);
        return new DiskTokenCacheStore(
                "TestCredential", new CachePlace("Windows' data protection", file, content, null), pause -> {});
    }

    @Test
    @DisplayName("PC01 an encrypted file")
    void update_protected_isReadByTheNextAndNotPlain() throws IOException {
        store(new Mirror(true)).update(text -> JSON);
        assertEquals(JSON, store(new Mirror(true)).read());
        assertFalse(Files.readString(home.resolve("c").resolve("signet.cache.nocae"))
                .contains("RefreshToken"));
    }

    @Test
    @DisplayName("PC12 a file of another user")
    void update_undecipherable_startsEmpty() {
        store(Protection.NONE).update(text -> JSON);
        DiskTokenCacheStore store = store(new Mirror(true));
        store.update(text -> text + "{}");
        assertEquals("{}", store.read());
    }

    @Test
    void read_protectionBroken_isUnavailable() {
        CredentialUnavailableException failure =
                assertThrows(CredentialUnavailableException.class, store(new Mirror(false))::read);
        assertEquals(
                "TestCredential: Windows' data protection cannot keep the token cache: no key. Sign in to Windows as a"
                        + " user with a profile.",
                failure.getMessage().replace("\"", ""));
    }

    /** Turns bytes round; what it did not turn ends otherwise. */
    private record Mirror(boolean works) implements Protection {
        @Override
        public byte[] protect(byte[] plain) throws IOException {
            if (!works) {
                throw new IOException("no key");
            }
            return turned("#" + new String(plain, StandardCharsets.UTF_8));
        }

        @Override
        public byte[] reveal(byte[] kept) throws IOException {
            String text = new String(turned(new String(kept, StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
            if (!text.startsWith("#")) {
                throw new IOException("not protected by this user");
            }
            return text.substring(1).getBytes(StandardCharsets.UTF_8);
        }

        private static byte[] turned(String text) {
            return new StringBuilder(text).reverse().toString().getBytes(StandardCharsets.UTF_8);
        }
    }
}
