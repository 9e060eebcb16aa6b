// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.core.OperatingSystem;
import dev.signet.identity.persistence.internal.AccessorVault;
import dev.signet.identity.persistence.internal.Dpapi;
import dev.signet.identity.persistence.internal.Protection;
import dev.signet.identity.spi.Environment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a cache is on this system: names and folders are those of Microsoft's libraries, so that a cache with the
 * name of theirs is theirs.
 *
 * @param store what the system's encrypted store is called
 * @param plain what to use in its place; null if nothing may
 */
record CachePlace(
        String store,
        CacheFile file,
        CacheContent encrypted,
        @Nullable CacheContent plain) {
    private static final String FOLDER = ".IdentityService";

    /** The name of the cache that Microsoft's libraries share, and its name in the keychain. */
    private static final String SHARED = "msal.cache";

    private static final String PLAIN = ".nocae";

    private static final String SHARED_ACCOUNT = "MSALCache";

    static CachePlace of(
            String credentialName, TokenCachePersistenceOptions options, boolean cae, Environment environment) {
        String suffix = cae ? ".cae" : PLAIN;
        String name = options.name() + suffix;
        if (OperatingSystem.of(environment) == OperatingSystem.WINDOWS) {
            Path folder = environment.get("LOCALAPPDATA").map(Path::of).orElseGet(() -> home(
                            credentialName, environment)
                    .resolve("AppData/Local"));
            CacheFile file = new CacheFile(folder.resolve(FOLDER).resolve(name));
            CacheContent encrypted = new CacheContent.InFile(file, Dpapi.ofCurrentUser());
            return new CachePlace("Windows' data protection", file, encrypted, null);
        }
        boolean mac = environment.property("os.name").orElse("").startsWith("Mac");
        CacheFile file =
                new CacheFile(home(credentialName, environment).resolve(FOLDER).resolve(name));
        AccessorVault vault = vault(mac, options.name().equals(SHARED), suffix, name);
        return new CachePlace(
                mac ? "the keychain" : "the Secret Service",
                file,
                new CacheContent.InVault(file, vault),
                options.unencryptedStorageAllowed() ? new CacheContent.InFile(file, Protection.NONE) : null);
    }

    private static AccessorVault vault(boolean mac, boolean shared, String suffix, String name) {
        String account = shared ? SHARED_ACCOUNT + suffix : name;
        if (mac) {
            return AccessorVault.keychain(account);
        }
        // Theirs has no item of its own for tokens that can be revoked; ours are not mixed.
        return shared && suffix.equals(PLAIN)
                ? AccessorVault.sharedSecretService(account)
                : AccessorVault.secretService(name);
    }

    private static Path home(String credentialName, Environment environment) {
        return environment
                .property("user.home")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseThrow(() -> new CredentialUnavailableException(
                        credentialName,
                        "there is no home folder for the token cache",
                        "Set the system property user.home to an absolute path."));
    }

    /** What to do when the encrypted store does not work. */
    String remedy() {
        return switch (store) {
            case "the Secret Service" ->
                "Install libsecret, start and unlock a keyring such as gnome-keyring, or allow unencrypted storage in"
                        + " TokenCachePersistenceOptions.";
            case "the keychain" ->
                "Unlock the login keychain, or allow unencrypted storage in TokenCachePersistenceOptions.";
            default -> "Sign in to Windows as a user with a profile.";
        };
    }

    @Override
    public String toString() {
        return file.path().toString();
    }
}
