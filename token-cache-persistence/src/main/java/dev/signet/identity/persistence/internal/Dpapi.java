// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence.internal;

import com.sun.jna.platform.win32.Crypt32Util;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * Windows' protection of data for the present user, without further entropy, as Microsoft's libraries have it. The
 * extension offers it only together with its own way to write files, which is not atomic on Windows.
 */
public final class Dpapi implements Protection {
    private final UnaryOperator<byte[]> protect;
    private final UnaryOperator<byte[]> reveal;

    Dpapi(UnaryOperator<byte[]> protect, UnaryOperator<byte[]> reveal) {
        this.protect = protect;
        this.reveal = reveal;
    }

    /**
     * The protection of the present user. Loads no library yet.
     *
     * @return a new instance
     */
    public static Dpapi ofCurrentUser() {
        return new Dpapi(plain -> Crypt32Util.cryptProtectData(plain), kept -> Crypt32Util.cryptUnprotectData(kept));
    }

    @Override
    public byte[] protect(byte[] plain) throws IOException {
        return call(protect, plain);
    }

    @Override
    public byte[] reveal(byte[] kept) throws IOException {
        return call(reveal, kept);
    }

    private static byte[] call(UnaryOperator<byte[]> function, byte[] data) throws IOException {
        try {
            return function.apply(data);
        } catch (RuntimeException | LinkageError failure) {
            throw new IOException("Windows' data protection refuses", failure);
        }
    }
}
