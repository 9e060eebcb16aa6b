// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gnome-keyring in a D-Bus session of its own. */
class RealKeyringTest {
    static final String UNLOCKED = "printf secret | gnome-keyring-daemon --unlock --components=secrets";
    private static final String LOCKED = "gnome-keyring-daemon --start --components=secrets";
    private static final String TEXT = "{\"Account\":{}}";
    private static final String REFUSED =
            "Child: the Secret Service cannot keep the token cache: it is absent, locked or refuses. Install libsecret,"
                    + " start and unlock a keyring such as gnome-keyring, or allow unencrypted storage in"
                    + " TokenCachePersistenceOptions.";

    @TempDir
    Path home;

    @BeforeEach
    void requirePeers() {
        RealPeer.require(Path.of("/usr/bin/gnome-keyring-daemon"), "gnome-keyring");
        RealPeer.require(Path.of("/usr/bin/dbus-run-session"), "dbus");
    }

    @ParameterizedTest(name = "PC02 {0}")
    @ValueSource(strings = {"signet.cache", "msal.cache", "other"})
    void store_unlockedKeyring_keepsCaeApartAndNothingInTheFile(String name) throws Exception {
        try (ChildJvm child =
                ChildJvm.startWithKeyring(home, UNLOCKED, KeyringProgram.class, home.toString(), name, TEXT)) {
            assertEquals(TEXT, child.line());
            assertEquals("cae", child.line());
            assertEquals(0, child.exit());
        }
        assertEquals("{}", Files.readString(home.resolve(".IdentityService").resolve(name + ".nocae")));
        assertFalse(Files.exists(home.resolve(".IdentityService").resolve(name + ".cae")));
    }

    @Test
    @DisplayName("PC03 locked keyring")
    void store_lockedKeyring_isUnavailable() throws Exception {
        try (ChildJvm child =
                ChildJvm.startWithKeyring(home, LOCKED, KeyringProgram.class, home.toString(), "signet.cache", TEXT)) {
            assertEquals(REFUSED, child.line().replace("\"", ""));
            assertEquals(0, child.exit());
        }
        assertFalse(Files.exists(home.resolve(".IdentityService")));
    }

    @Test
    @DisplayName("PC03 no keyring")
    void store_noSecretService_isUnavailable() throws Exception {
        try (ChildJvm child = ChildJvm.start(home, KeyringProgram.class, home.toString(), "signet.cache", TEXT)) {
            assertEquals(REFUSED, child.line().replace("\"", ""));
            assertEquals(0, child.exit());
        }
        assertFalse(Files.exists(home.resolve(".IdentityService")));
    }
}
