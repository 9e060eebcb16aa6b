// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.persistence.internal.Protection;
import dev.signet.identity.persistence.internal.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskTokenCacheStoreTest {
    private static final String JSON = "{\"Account\":{}}";

    @TempDir
    Path home;

    private final List<Duration> pauses = new ArrayList<>();
    private final MemoryVault vault = new MemoryVault();
    private Path file;

    @BeforeEach
    void nameFile() {
        file = home.resolve(".IdentityService").resolve("signet.cache.nocae");
    }

    private DiskTokenCacheStore plain() {
        return plain(new CacheFile(file));
    }

    private DiskTokenCacheStore plain(CacheFile cache) {
        CacheContent content = new CacheContent.InFile(cache, Protection.NONE);
        return new DiskTokenCacheStore("TestCredential", new CachePlace("a file", cache, content, null), pauses::add);
    }

    private DiskTokenCacheStore keyring(boolean unencryptedAllowed) {
        CacheFile cache = new CacheFile(file);
        return new DiskTokenCacheStore(
                "TestCredential",
                new CachePlace(
                        "the Secret Service",
                        cache,
                        new CacheContent.InVault(cache, vault),
                        unencryptedAllowed ? new CacheContent.InFile(cache, Protection.NONE) : null),
                pauses::add);
    }

    private static List<String> warnings(LogCapture log) {
        return log.at(Level.WARN).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void read_nothingKept_isEmptyAndWritesNothing() throws IOException {
        assertEquals("", plain().read());
        try (var files = Files.list(home)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void read_afterUpdateOfAnotherStore_givesTheNewText() {
        DiskTokenCacheStore reader = plain();
        DiskTokenCacheStore writer = plain();
        writer.update(text -> "{\"a\":1}");
        assertEquals("{\"a\":1}", reader.read());
        writer.update(text -> "{\"a\":2}");
        assertEquals("{\"a\":2}", reader.read());
    }

    @Test
    void read_fileUnchanged_asksTheVaultOnce() {
        DiskTokenCacheStore store = keyring(false);
        store.update(text -> JSON);
        DiskTokenCacheStore reader = keyring(false);
        int before = vault.reads;
        assertEquals(JSON, reader.read());
        assertEquals(JSON, reader.read());
        assertEquals(1, vault.reads - before);
        assertEquals("{}", assertReadable(file));
    }

    private static String assertReadable(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    @DisplayName("PC03 keyring absent, unencrypted not allowed")
    void read_vaultFailsItsTest_isUnavailable() throws IOException {
        vault.works = false;
        DiskTokenCacheStore store = keyring(false);
        CredentialUnavailableException failure = assertThrows(CredentialUnavailableException.class, store::read);
        assertEquals(
                "TestCredential: the Secret Service cannot keep the token cache: it is locked. Install libsecret, start"
                        + " and unlock a keyring such as gnome-keyring, or allow unencrypted storage in"
                        + " TokenCachePersistenceOptions.",
                failure.getMessage().replace("\"", ""));
        assertThrows(CredentialUnavailableException.class, () -> store.update(text -> JSON));
        try (var files = Files.list(home)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void read_vaultUnlockedLater_works() {
        vault.works = false;
        DiskTokenCacheStore store = keyring(false);
        assertThrows(CredentialUnavailableException.class, store::read);
        vault.works = true;
        assertEquals("", store.read());
    }

    @Test
    @DisplayName("PC04 keyring absent, unencrypted allowed")
    void update_vaultFailsItsTestAndPlainAllowed_writesForTheOwnerOnly() throws IOException {
        vault.works = false;
        DiskTokenCacheStore store = keyring(true);
        try (LogCapture log = LogCapture.start()) {
            store.update(text -> JSON);
            store.update(text -> JSON);
            assertEquals(
                    List.of("TestCredential: the Secret Service cannot keep the token cache, tokens are written without"
                            + " encryption to " + file),
                    warnings(log));
        }
        assertEquals(JSON, Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
    }

    @Test
    @DisplayName("PC05 the file is a symbolic link")
    void read_symbolicLink_isRefused() throws IOException {
        Files.createDirectories(file.getParent());
        Path target = Files.writeString(home.resolve("target"), JSON);
        Files.createSymbolicLink(file, target);
        DiskTokenCacheStore store = plain();
        ClientAuthenticationException failure = assertThrows(ClientAuthenticationException.class, store::read);
        assertEquals(
                "TestCredential: the token cache " + file
                        + " is a symbolic link. Remove it: a link could lead tokens to where others read them.",
                failure.getMessage());
        assertThrows(ClientAuthenticationException.class, () -> store.update(text -> "{}"));
        assertEquals(JSON, Files.readString(target));
    }

    @Test
    @DisplayName("PC10 a lock file without an owner")
    void update_staleLockFile_takesItOver() throws IOException {
        Files.createDirectories(file.getParent());
        Path lockFile = Files.writeString(file.resolveSibling("signet.cache.nocae.lockfile"), "4711 python");
        plain().update(text -> JSON);
        assertEquals(JSON, plain().read());
        assertEquals(List.of(), pauses);
        assertFalse(Files.exists(lockFile));
    }

    @Test
    @DisplayName("PC11 the lock is held for a minute")
    void update_lockHeld_triesForAMinute() throws IOException {
        Files.createDirectories(file.getParent());
        Path lockFile = file.resolveSibling("signet.cache.nocae.lockfile");
        try (FileChannel other = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = other.lock()) {
            assertTrue(held.isValid());
            UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> plain().update(text -> JSON));
            assertEquals(
                    "another process has had the lock of " + file + " for a minute",
                    failure.getCause().getMessage());
        }
        assertEquals(600, pauses.size());
        assertEquals(Duration.ofMillis(100), pauses.get(0));
        plain().update(text -> JSON);
        assertEquals(JSON, plain().read());
    }

    @ParameterizedTest(name = "PC12 {0}")
    @ValueSource(strings = {"{\"Account\":{", "[]", "no json", "\u0000\u0001"})
    void update_corruptFile_movesItAsideAndSaysSoOnce(String corrupt) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, corrupt);
        DiskTokenCacheStore store = plain();
        try (LogCapture log = LogCapture.start()) {
            assertEquals("", store.read());
            store.update(text -> text + JSON);
            Files.writeString(file, corrupt);
            store.update(text -> text + JSON);
            assertEquals(
                    List.of("TestCredential: the token cache " + file
                            + " cannot be read and starts empty; it was moved to " + file + ".corrupt"),
                    warnings(log));
        }
        assertEquals(JSON, store.read());
        assertEquals(corrupt, Files.readString(file.resolveSibling("signet.cache.nocae.corrupt")));
    }

    @Test
    void update_diskFull_keepsTheOldFile() throws IOException {
        plain().update(text -> JSON);
        CacheFile full = new CacheFile(file, (path, content) -> {
            Files.write(path, new byte[3]);
            throw new IOException("No space left on device");
        });
        UncheckedIOException failure =
                assertThrows(UncheckedIOException.class, () -> plain(full).update(text -> "{\"a\":1}"));
        assertEquals("No space left on device", failure.getCause().getMessage());
        assertEquals(JSON, plain().read());
        try (var files = Files.list(file.getParent())) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void update_homeIsNoFolder_isUnreachable() throws IOException {
        file = Files.createFile(home.resolve("home"))
                .resolve(".IdentityService")
                .resolve("signet.cache.nocae");
        assertThrows(UncheckedIOException.class, () -> plain().update(text -> JSON));
    }

    @Test
    void update_leftoverOfAKilledProcess_isRemoved() throws IOException {
        Files.createDirectories(file.getParent());
        Path leftover = Files.writeString(file.resolveSibling("signet.cache.nocae.tmp"), "{\"half");
        plain().update(text -> JSON);
        assertFalse(Files.exists(leftover));
    }

    @Test
    void toString_afterRead_hasNoContent() {
        DiskTokenCacheStore store = plain();
        store.update(text -> JSON);
        assertEquals("DiskTokenCacheStore[" + file + "]", store.toString());
    }

    /** A vault that a test locks. */
    private static final class MemoryVault implements Vault {
        private byte[] content;
        private boolean works = true;
        private int reads;

        @Override
        public void selfTest() throws IOException {
            if (!works) {
                throw new IOException("it is locked");
            }
        }

        @Override
        public byte[] read() {
            reads++;
            return content;
        }

        @Override
        public void write(byte[] replacement) {
            content = replacement;
        }
    }
}
