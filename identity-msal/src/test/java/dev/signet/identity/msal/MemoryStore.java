// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;

/** A store whose text a test sees, and which it can break. */
final class MemoryStore implements TokenCacheStore {
    String text = "";
    boolean readable = true;
    boolean writable = true;

    @Override
    public String read() {
        check(readable);
        return text;
    }

    @Override
    public void update(UnaryOperator<String> change) {
        check(readable);
        String next = change.apply(text);
        check(writable);
        text = next;
    }

    private static void check(boolean works) {
        if (!works) {
            throw new UncheckedIOException(new IOException("no space left on device"));
        }
    }
}
