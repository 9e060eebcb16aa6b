// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.spi.Environment;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CachePlaceTest {
    private static final TokenCachePersistenceOptions DEFAULTS = TokenCachePersistenceOptions.defaults();

    private static CachePlace place(String system, TokenCachePersistenceOptions options, boolean cae) {
        Environment environment =
                Environment.of(Map.of("LOCALAPPDATA", "/local"), Map.of("os.name", system, "user.home", "/home/u"));
        return CachePlace.of("TestCredential", options, cae, environment);
    }

    @ParameterizedTest(name = "{5} {0} {1} {2}")
    @CsvSource({
        "Windows 11, signet.cache, false, /local/.IdentityService/signet.cache.nocae, Windows' data protection, PC01",
        "Windows 11, msal.cache, false, /local/.IdentityService/msal.cache.nocae, Windows' data protection, PC01",
        "Windows 11, msal.cache, true, /local/.IdentityService/msal.cache.cae, Windows' data protection, PC02",
        "Linux, signet.cache, false, /home/u/.IdentityService/signet.cache.nocae, the Secret Service, PC04",
        "Linux, signet.cache, true, /home/u/.IdentityService/signet.cache.cae, the Secret Service, PC02",
        "Mac OS X, mine, false, /home/u/.IdentityService/mine.nocae, the keychain, PC01",
        "Mac OS X, mine, true, /home/u/.IdentityService/mine.cae, the keychain, PC02",
    })
    void of_system_isWhereMicrosoftsLibrariesHaveIt(
            String system, String name, boolean cae, Path file, String store, String row) {
        CachePlace place = place(system, DEFAULTS.withName(name), cae);
        assertEquals(file, place.file().path());
        assertEquals(store, place.store());
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "Linux, signet.cache, false, signet.cache.nocae",
        "Linux, msal.cache, false, MSALCache.nocae",
        "Linux, msal.cache, true, msal.cache.cae",
        "Mac OS X, signet.cache, false, signet.cache.nocae",
        "Mac OS X, msal.cache, false, MSALCache.nocae",
        "Mac OS X, msal.cache, true, MSALCache.cae",
    })
    void of_system_namesTheItem(String system, String name, boolean cae, String item) {
        CacheContent.InVault content = (CacheContent.InVault)
                place(system, DEFAULTS.withName(name), cae).encrypted();
        assertEquals("AccessorVault[" + item + "]", content.vault().toString());
    }

    @ParameterizedTest
    @CsvSource({"Linux, true", "Mac OS X, true", "Windows 11, false"})
    void plain_allowed_isThereButOnWindows(String system, boolean there) {
        assertNull(place(system, DEFAULTS, false).plain());
        CachePlace allowed = place(system, DEFAULTS.withUnencryptedStorageAllowed(true), false);
        assertEquals(there, allowed.plain() != null);
    }

    @Test
    void of_noLocalAppData_isUnderHome() {
        Environment environment = Environment.of(Map.of(), Map.of("os.name", "Windows 11", "user.home", "/home/u"));
        assertEquals(
                Path.of("/home/u/AppData/Local/.IdentityService/signet.cache.nocae"),
                CachePlace.of("TestCredential", DEFAULTS, false, environment)
                        .file()
                        .path());
    }

    @Test
    void of_noHome_isUnavailable() {
        Environment environment = Environment.of(Map.of(), Map.of("os.name", "Linux"));
        CredentialUnavailableException failure = assertThrows(
                CredentialUnavailableException.class,
                () -> CachePlace.of("TestCredential", DEFAULTS, false, environment));
        assertEquals(
                "TestCredential: there is no home folder for the token cache. Set the system property user.home to an"
                        + " absolute path.",
                failure.getMessage());
    }
}
