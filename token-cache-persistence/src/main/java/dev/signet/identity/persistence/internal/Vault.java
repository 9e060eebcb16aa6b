// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence.internal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An item in the operating system's store of secrets. */
public interface Vault {
    /**
     * Writes an item of its own, reads it and removes it again.
     *
     * @throws IOException if the store does not do what it should
     */
    void selfTest() throws IOException;

    /**
     * Reads the item.
     *
     * @return its bytes; null if there is none
     * @throws IOException if the store did not answer
     */
    byte @Nullable [] read() throws IOException;

    /**
     * Replaces the item.
     *
     * @param content its new bytes
     * @throws IOException if the store did not take them
     */
    void write(byte[] content) throws IOException;
}
