// SPDX-License-Identifier: MIT
package dev.signet.identity.msal.internal;

/** A cache of accounts, as text in the schema that all of Microsoft's libraries share. Thread-safe. */
public interface CacheAccess {
    /**
     * The cache as it is now.
     *
     * @return a JSON object; empty when there is nothing
     */
    String read();

    /**
     * Takes over what a call has changed, and nothing else.
     *
     * @param before what the call was given by {@link #read}
     * @param after what it made of it
     */
    void write(String before, String after);
}
