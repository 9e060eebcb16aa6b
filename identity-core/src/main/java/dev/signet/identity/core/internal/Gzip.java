// SPDX-License-Identifier: MIT
package dev.signet.identity.core.internal;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Unpacks a body that a server compressed unasked. Apart, so that its classes load only then. */
final class Gzip {
    private Gzip() {}

    static byte[] unzip(byte[] body) throws IOException {
        try (GZIPInputStream input = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return HttpWire.bounded(input);
        } catch (ZipException | EOFException malformed) {
            throw new ProtocolException("the answer is not gzip as it says");
        }
    }
}
