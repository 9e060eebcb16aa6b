// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.internal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One accepted connection, served on its own thread until either side has enough. */
public final class WireConnection {
    private static final byte[] BAD_REQUEST =
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final Socket raw;
    private final @Nullable SSLContext tls;
    private final WireHandler handler;
    private @Nullable OutputStream output;

    WireConnection(Socket raw, @Nullable SSLContext tls, WireHandler handler) {
        this.raw = raw;
        this.tls = tls;
        this.handler = handler;
    }

    /**
     * Where the answer goes; unbuffered, so that each write is sent.
     *
     * @return the stream
     */
    public OutputStream output() {
        if (output == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return output;
    }

    /**
     * Ends the connection with a TCP reset: the client sees neither an answer nor an orderly end.
     *
     * @throws IOException if the socket is already gone
     */
    public void reset() throws IOException {
        raw.setSoLinger(true, 0);
        raw.close();
    }

    void serve() throws IOException, InterruptedException {
        try (Socket socket = secured()) {
            output = socket.getOutputStream();
            String name = socket instanceof SSLSocket secure ? ServerTls.requestedName(secure.getSession()) : null;
            RequestReader reader = new RequestReader(
                    new BufferedInputStream(socket.getInputStream()),
                    output,
                    name,
                    raw.getRemoteSocketAddress().toString());
            answer(reader, output);
        }
    }

    private void answer(RequestReader reader, OutputStream out) throws IOException, InterruptedException {
        try {
            boolean open = true;
            while (open) {
                WireRequest request = reader.next();
                open = request != null && handler.handle(request, this) && keepsAlive(request);
            }
        } catch (ProtocolException malformed) {
            handler.malformed(String.valueOf(malformed.getMessage()));
            out.write(BAD_REQUEST);
        }
    }

    void close() {
        try {
            raw.close();
        } catch (IOException gone) {
            return; // closing is all that was wanted
        }
    }

    private Socket secured() throws IOException {
        raw.setTcpNoDelay(true);
        if (tls == null) {
            return raw;
        }
        SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(raw, null, true);
        secure.startHandshake();
        return secure;
    }

    private static boolean keepsAlive(WireRequest request) {
        return request.version().equals("HTTP/1.1") && !"close".equalsIgnoreCase(request.header("Connection"));
    }
}
