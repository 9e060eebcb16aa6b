// SPDX-License-Identifier: MIT
package dev.signet.identity;

import java.util.Objects;

/**
 * How tokens of a user are kept on disk. The module {@code dev.signet:token-cache-persistence} does the keeping.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class TokenCachePersistenceOptions {
    /** The name of the cache unless another is given: {@value}, which no other tool uses. */
    public static final String DEFAULT_NAME = "signet.cache";

    private static final TokenCachePersistenceOptions DEFAULT = new TokenCachePersistenceOptions(DEFAULT_NAME, false);

    private final String name;
    private final boolean unencryptedStorageAllowed;

    private TokenCachePersistenceOptions(String name, boolean unencryptedStorageAllowed) {
        this.name = name;
        this.unencryptedStorageAllowed = unencryptedStorageAllowed;
    }

    /**
     * An isolated, encrypted cache.
     *
     * @return the default options
     */
    public static TokenCachePersistenceOptions defaults() {
        return DEFAULT;
    }

    /**
     * The same options with another cache name. Applications with the same name share tokens.
     *
     * @param name letters, digits, dots, hyphens and underscores; it becomes part of a file name
     * @return new options
     * @throws IllegalArgumentException if the name is empty or has other characters
     */
    public TokenCachePersistenceOptions withName(String name) {
        return new TokenCachePersistenceOptions(checkedName(name), unencryptedStorageAllowed);
    }

    /**
     * The same options with plain files allowed where no encrypted store exists.
     *
     * @param allowed false unless asked for
     * @return new options
     */
    public TokenCachePersistenceOptions withUnencryptedStorageAllowed(boolean allowed) {
        return new TokenCachePersistenceOptions(name, allowed);
    }

    /**
     * The name of the cache.
     *
     * @return {@value #DEFAULT_NAME} unless given
     */
    public String name() {
        return name;
    }

    /**
     * Whether tokens may be written without encryption where no encrypted store exists.
     *
     * @return false unless asked for
     */
    public boolean unencryptedStorageAllowed() {
        return unencryptedStorageAllowed;
    }

    private static String checkedName(String name) {
        boolean valid = !name.isEmpty() && name.charAt(0) != '.';
        for (int i = 0; i < name.length() && valid; i++) {
            char c = name.charAt(i);
            valid = Character.isLetterOrDigit(c) && c < 0x80 || c == '.' || c == '-' || c == '_';
        }
        if (!valid) {
            throw new IllegalArgumentException("the name of a token cache must consist of letters, digits, '.', '-' and"
                    + " '_' and not start with '.'");
        }
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenCachePersistenceOptions that
                && name.equals(that.name)
                && unencryptedStorageAllowed == that.unencryptedStorageAllowed;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, unencryptedStorageAllowed);
    }

    @Override
    public String toString() {
        return "TokenCachePersistenceOptions[name=" + name + ", unencryptedStorageAllowed=" + unencryptedStorageAllowed
                + "]";
    }
}
