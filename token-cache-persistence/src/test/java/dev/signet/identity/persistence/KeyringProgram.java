// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.msal.TokenCacheStore;
import dev.signet.identity.testkit.TestContext;

/** A process that keeps a cache where the system would have it: home, name, text for the file without CAE. */
final class KeyringProgram {
    private KeyringProgram() {}

    public static void main(String[] arguments) {
        TestContext context = new TestContext().property("os.name", "Linux").property("user.home", arguments[0]);
        TokenCachePersistenceOptions options =
                TokenCachePersistenceOptions.defaults().withName(arguments[1]);
        try {
            TokenCacheStore plain = new DiskTokenCacheStoreProvider().open("Child", options, false, context);
            TokenCacheStore cae = new DiskTokenCacheStoreProvider().open("Child", options, true, context);
            plain.update(text -> arguments[2]);
            System.out.println("> "
                    + new DiskTokenCacheStoreProvider()
                            .open("Child", options, false, context)
                            .read());
            System.out.println("> cae" + cae.read());
        } catch (ClientAuthenticationException failure) {
            System.out.println("> " + failure.getMessage());
        }
    }
}
