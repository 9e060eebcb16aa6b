// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence.internal;

import com.microsoft.aad.msal4jextensions.persistence.ICacheAccessor;
import com.microsoft.aad.msal4jextensions.persistence.linux.KeyRingAccessor;
import com.microsoft.aad.msal4jextensions.persistence.mac.KeyChainAccessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An item that Microsoft's persistence extension reaches. The extension touches a file after each change, and fails
 * if there is none; it gets an empty one in the temporary folder, since change detection is our own. Not thread-safe.
 */
public final class AccessorVault implements Vault {
    private static final String SERVICE = "Microsoft.Developer.IdentityService";

    private final String item;
    private final Accessors accessors;

    /** Makes an accessor of an item. */
    @FunctionalInterface
    interface Accessors {
        /**
         * Makes an accessor, without I/O.
         *
         * @param touched an existing file
         * @param item its name
         * @return a new accessor
         */
        ICacheAccessor open(String touched, String item);
    }

    AccessorVault(String item, Accessors accessors) {
        this.item = item;
        this.accessors = accessors;
    }

    /**
     * An item of the Secret Service, in its default collection. Its schema is our own: in the one of Microsoft's
     * libraries all caches are one item.
     *
     * @param item the name of the cache
     * @return a new vault
     */
    public static AccessorVault secretService(String item) {
        return new AccessorVault(
                item,
                (touched, name) -> new KeyRingAccessor(
                        touched, "default", "dev.signet.identity.cache", name, "cache", name, null, null));
    }

    /**
     * The one item of the Secret Service in which Microsoft's libraries for Java have their cache.
     *
     * @param label how keyring programs show it
     * @return a new vault
     */
    public static AccessorVault sharedSecretService(String label) {
        // Its self-test has another value of the attribute, or it would remove the item.
        return new AccessorVault(
                label,
                (touched, name) -> new KeyRingAccessor(
                        touched,
                        "default",
                        "msal.cache",
                        name,
                        "MsalClientID",
                        name.equals(label) ? SERVICE : name,
                        null,
                        null));
    }

    /**
     * An item of the login keychain, where Microsoft's libraries have theirs.
     *
     * @param item the name of the account
     * @return a new vault
     */
    public static AccessorVault keychain(String item) {
        return new AccessorVault(item, (touched, name) -> new KeyChainAccessor(touched, SERVICE, name));
    }

    @Override
    public void selfTest() throws IOException {
        // A name of this process's own: two that start together would remove each other's.
        String name = item + ".test." + ProcessHandle.current().pid();
        byte[] content = name.getBytes(StandardCharsets.UTF_8);
        byte[] found = with(name, accessor -> {
            accessor.write(content);
            byte[] read = accessor.read();
            accessor.delete();
            return read;
        });
        if (!Arrays.equals(content, found)) {
            throw new IOException("what was written could not be read again");
        }
    }

    @Override
    public byte @Nullable [] read() throws IOException {
        return with(item, ICacheAccessor::read);
    }

    @Override
    public void write(byte[] content) throws IOException {
        with(item, accessor -> {
            accessor.write(content);
            return null;
        });
    }

    private byte @Nullable [] with(String name, Call call) throws IOException {
        Path touched = Files.createTempFile("signet", ".touched");
        try {
            return call.on(accessors.open(touched.toString(), name));
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (LinkageError missing) {
            throw new IOException("its library is not installed", missing);
        } catch (RuntimeException | Error failure) {
            // The extension cannot read the library's error, so that it throws an Error which does not tell the reason.
            throw new IOException("it is absent, locked or refuses", failure);
        } finally {
            Files.deleteIfExists(touched);
        }
    }

    private interface Call {
        byte @Nullable [] on(ICacheAccessor accessor);
    }

    @Override
    public String toString() {
        return "AccessorVault[" + item + "]";
    }
}
