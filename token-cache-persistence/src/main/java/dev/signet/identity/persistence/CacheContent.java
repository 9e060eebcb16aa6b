// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import dev.signet.identity.persistence.internal.Protection;
import dev.signet.identity.persistence.internal.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the bytes of a cache are: in its file, or in a vault, whose every change the file then marks. */
sealed interface CacheContent {
    /**
     * Whether it can be used.
     *
     * @throws IOException if it cannot
     */
    void selfTest() throws IOException;

    /** Reads; null if there is nothing. */
    byte @Nullable [] read() throws IOException;

    /** Replaces what is there. */
    void write(byte[] content) throws IOException;

    /** Gets rid of what cannot be read; says where it is now. */
    String discard() throws IOException;

    /** In the file. */
    record InFile(CacheFile file, Protection protection) implements CacheContent {
        /** No JSON, unlike what somebody may have put there without encryption. */
        private static final byte[] UNREADABLE = {0};

        @Override
        public void selfTest() throws IOException {
            byte[] sample = "signet".getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(sample, protection.reveal(protection.protect(sample)))) {
                throw new IOException("what was encrypted could not be decrypted");
            }
        }

        @Override
        public byte @Nullable [] read() throws IOException {
            byte[] kept = file.read();
            if (kept == null) {
                return null;
            }
            try {
                return protection.reveal(kept);
            } catch (IOException undecipherable) {
                return UNREADABLE;
            }
        }

        @Override
        public void write(byte[] content) throws IOException {
            file.replace(protection.protect(content));
        }

        @Override
        public String discard() throws IOException {
            return "it was moved to " + file.moveAside();
        }
    }

    /** In a vault. */
    record InVault(CacheFile file, Vault vault) implements CacheContent {
        private static final byte[] MARK = {'{', '}'};

        @Override
        public void selfTest() throws IOException {
            vault.selfTest();
        }

        @Override
        public byte @Nullable [] read() throws IOException {
            return vault.read();
        }

        @Override
        public void write(byte[] content) throws IOException {
            vault.write(Objects.requireNonNull(content));
            file.replace(MARK);
        }

        @Override
        public String discard() {
            return "it will be overwritten";
        }
    }
}
