// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence.internal;

import java.io.IOException;

/** Encrypts what is in a file, or not. */
public interface Protection {
    /** Leaves everything as it is. */
    Protection NONE = new Protection() {
        @Override
        public byte[] protect(byte[] plain) {
            return plain;
        }

        @Override
        public byte[] reveal(byte[] kept) {
            return kept;
        }
    };

    /**
     * Encrypts.
     *
     * @param plain the bytes
     * @return what may be written
     * @throws IOException if that is not possible
     */
    byte[] protect(byte[] plain) throws IOException;

    /**
     * Decrypts.
     *
     * @param kept what was written
     * @return the bytes
     * @throws IOException if this user did not write them
     */
    byte[] reveal(byte[] kept) throws IOException;
}
