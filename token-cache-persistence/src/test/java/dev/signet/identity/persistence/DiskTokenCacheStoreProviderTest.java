// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.msal.TokenCacheStore;
import dev.signet.identity.msal.TokenCacheStoreProvider;
import dev.signet.identity.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTokenCacheStoreProviderTest {
    @TempDir
    Path home;

    @Test
    void isInstalled_withThisModule_findsIt() {
        assertTrue(TokenCacheStoreProvider.isInstalled());
    }

    @Test
    void open_default_readsAndWritesNothing() throws IOException {
        TestContext context = new TestContext().property("os.name", "Linux").property("user.home", home.toString());
        TokenCacheStore store = new DiskTokenCacheStoreProvider()
                .open("TestCredential", TokenCachePersistenceOptions.defaults(), false, context);
        assertEquals("DiskTokenCacheStore[" + home + "/.IdentityService/signet.cache.nocae]", store.toString());
        try (var files = Files.list(home)) {
            assertEquals(List.of(), files.toList());
        }
    }
}
