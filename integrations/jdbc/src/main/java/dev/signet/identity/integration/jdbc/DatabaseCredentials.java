// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.jdbc;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.chain.DefaultAzureCredential;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The credentials of adapters that a driver makes by their class name, once for each connection: one
 * {@link DefaultAzureCredential} for the whole application, and those that the application names. Thread-safe.
 *
 * @since 0.1.0
 */
public final class DatabaseCredentials {
    private static final Map<String, TokenCredential> NAMED = new ConcurrentHashMap<>();

    private DatabaseCredentials() {}

    /**
     * Gives a credential the name by which the settings of a connection can ask for it.
     *
     * @param name for example {@code orders}; one that is taken gets the new credential
     * @param credential where tokens come from; it stays the caller's to close
     */
    public static void register(String name, TokenCredential credential) {
        NAMED.put(Objects.requireNonNull(name), Objects.requireNonNull(credential));
    }

    /**
     * Takes a name back.
     *
     * @param name as it was registered
     */
    public static void unregister(String name) {
        NAMED.remove(name);
    }

    static TokenCredential named(String name) {
        TokenCredential credential = NAMED.get(name);
        if (credential == null) {
            throw new IllegalArgumentException("no credential is named '" + name + "'; register it with"
                    + " DatabaseCredentials.register before the first connection. There are: "
                    + new TreeSet<>(NAMED.keySet()));
        }
        return credential;
    }

    static TokenCredential standard() {
        return Standard.CREDENTIAL;
    }

    /** Made when it is first asked for; lives as long as the application, and holds no thread. */
    private static final class Standard {
        static final TokenCredential CREDENTIAL = DefaultAzureCredential.create();
    }
}
