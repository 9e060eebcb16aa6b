// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.internal;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 requests (RFC 9112) from one connection. */
final class RequestReader {
    private static final int MAX_LINE = 64 * 1024;
    private static final int MAX_BODY = 16 * 1024 * 1024;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final OutputStream out;
    private final @Nullable String serverName;
    private final String clientAddress;

    RequestReader(InputStream in, OutputStream out, @Nullable String serverName, String clientAddress) {
        this.in = in;
        this.out = out;
        this.serverName = serverName;
        this.clientAddress = clientAddress;
    }

    /** The next request, or null at the end of the connection. */
    @Nullable
    WireRequest next() throws IOException {
        String start = line();
        if (start == null) {
            return null;
        }
        String[] parts = start.split(" ", -1);
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            throw new ProtocolException("malformed request line");
        }
        List<Map.Entry<String, String>> headers = headers();
        WireRequest head =
                new WireRequest(parts[0], parts[1], parts[2], headers, new byte[0], serverName, clientAddress);
        byte[] body = body(head);
        return new WireRequest(parts[0], parts[1], parts[2], headers, body, serverName, clientAddress);
    }

    private List<Map.Entry<String, String>> headers() throws IOException {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String line = requiredLine(); !line.isEmpty(); line = requiredLine()) {
            int colon = line.indexOf(':');
            if (colon <= 0 || line.charAt(colon - 1) <= ' ' || line.charAt(0) <= ' ') {
                throw new ProtocolException("malformed header");
            }
            headers.add(Map.entry(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return List.copyOf(headers);
    }

    private byte[] body(WireRequest head) throws IOException {
        if (head.header("Expect") != null) {
            out.write(CONTINUE);
            out.flush();
        }
        if (head.header("Transfer-Encoding") != null) {
            return chunks();
        }
        String length = head.header("Content-Length");
        return length == null ? new byte[0] : exactly(number(length, 10));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = requiredLine();
            int extension = line.indexOf(';');
            int size = number(extension < 0 ? line : line.substring(0, extension), 16);
            if (size == 0) {
                headers(); // trailers are of no interest
                return body.toByteArray();
            }
            body.writeBytes(exactly(size));
            if (body.size() > MAX_BODY || !requiredLine().isEmpty()) {
                throw new ProtocolException("malformed chunk");
            }
        }
    }

    private static int number(String digits, int radix) throws ProtocolException {
        try {
            int value = Integer.parseInt(digits.strip(), radix);
            if (value >= 0 && value <= MAX_BODY) {
                return value;
            }
        } catch (NumberFormatException malformed) {
            throw new ProtocolException("malformed length");
        }
        throw new ProtocolException("length out of range");
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("request body ended early");
        }
        return bytes;
    }

    private String requiredLine() throws IOException {
        String line = line();
        if (line == null) {
            throw new EOFException("request ended early");
        }
        return line;
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = in.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.size() >= MAX_LINE) {
                throw new ProtocolException("line too long");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
