// SPDX-License-Identifier: MIT
package dev.signet.identity.core.internal;

import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Writes a request and reads its answer (RFC 9112). */
public final class HttpWire {
    private static final int MAX = TransportRequest.MAX_BODY_BYTES;

    private HttpWire() {}

    /**
     * Sends the request and reads the whole answer.
     *
     * @param connection an open connection
     * @param request what to send
     * @return the answer
     * @throws IOException if the answer is incomplete; a {@link ProtocolException} if it is malformed or too large
     */
    public static TransportResponse exchange(HttpConnection connection, TransportRequest request) throws IOException {
        write(connection, request);
        InputStream input = new BufferedInputStream(connection.input(), 4096);
        HttpHead head = HttpHead.read(input);
        byte[] body = body(head, input);
        String encoding = head.header("content-encoding");
        if (body.length > 0
                && encoding != null
                && encoding.toLowerCase(Locale.ROOT).contains("gzip")) {
            body = Gzip.unzip(body);
        }
        return new TransportResponse(head.status(), head.headers(), body);
    }

    private static void write(HttpConnection connection, TransportRequest request) throws IOException {
        URI uri = request.uri();
        StringBuilder head = new StringBuilder(256);
        head.append(request.method()).append(' ');
        if (connection.absoluteTarget()) {
            head.append(uri.getScheme()).append("://").append(authority(uri));
        }
        String path = uri.getRawPath();
        head.append(path == null || path.isEmpty() ? "/" : path);
        if (uri.getRawQuery() != null) {
            head.append('?').append(uri.getRawQuery());
        }
        head.append(" HTTP/1.1\r\n");
        header(head, "Host", authority(uri));
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            header(head, header.getKey(), header.getValue());
        }
        if (connection.proxyAuthorization().isPresent()) {
            header(head, "Proxy-Authorization", connection.proxyAuthorization().get());
        }
        byte[] body = request.body();
        if (!request.method().equals("GET")) {
            header(head, "Content-Length", Integer.toString(body.length));
        }
        header(head, "Connection", "close");
        head.append("\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        OutputStream output = connection.output();
        output.write(all);
        output.flush();
    }

    private static void header(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private static String authority(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    private static byte[] body(HttpHead head, InputStream input) throws IOException {
        if (head.status() == 204 || head.status() == 304) {
            return new byte[0];
        }
        String encoding = head.header("transfer-encoding");
        if (encoding != null && encoding.toLowerCase(Locale.ROOT).contains("chunked")) {
            return chunked(input);
        }
        String length = head.header("content-length");
        if (length == null) {
            return bounded(input);
        }
        int expected = length(length);
        byte[] body = input.readNBytes(expected);
        if (body.length < expected) {
            throw new IOException("the connection was closed in the middle of the answer");
        }
        return body;
    }

    private static int length(String text) throws ProtocolException {
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new ProtocolException("malformed Content-Length in the answer");
            }
            value = Math.min(MAX + 1, value * 10 + (c - '0'));
        }
        if (text.isEmpty()) {
            throw new ProtocolException("malformed Content-Length in the answer");
        }
        if (value > MAX) {
            throw tooLarge();
        }
        return value;
    }

    private static byte[] chunked(InputStream input) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size = chunkSize(input);
        while (size > 0) {
            if (body.size() + (long) size > MAX) {
                throw tooLarge();
            }
            byte[] chunk = input.readNBytes(size);
            if (chunk.length < size) {
                throw new IOException("the connection was closed in the middle of the answer");
            }
            body.write(chunk, 0, size);
            if (!line(input).isEmpty()) {
                throw new ProtocolException("malformed chunk in the answer");
            }
            size = chunkSize(input);
        }
        return body.toByteArray();
    }

    private static int chunkSize(InputStream input) throws IOException {
        String line = line(input);
        int end = line.indexOf(';');
        String digits = (end < 0 ? line : line.substring(0, end)).strip();
        try {
            long size = Long.parseLong(digits, 16);
            if (size < 0) {
                throw new ProtocolException("malformed chunk in the answer");
            }
            return (int) Math.min(size, MAX + 1L);
        } catch (NumberFormatException malformed) {
            throw new ProtocolException("malformed chunk in the answer");
        }
    }

    private static String line(InputStream input) throws IOException {
        StringBuilder line = new StringBuilder();
        int b = input.read();
        while (b != '\n') {
            if (b < 0) {
                throw new IOException("the connection was closed in the middle of the answer");
            }
            if (line.length() > 1024) {
                throw new ProtocolException("malformed chunk in the answer");
            }
            if (b != '\r') {
                line.append((char) b);
            }
            b = input.read();
        }
        return line.toString();
    }

    static byte[] bounded(InputStream input) throws IOException {
        byte[] body = input.readNBytes(MAX + 1);
        if (body.length > MAX) {
            throw tooLarge();
        }
        return body;
    }

    private static ProtocolException tooLarge() {
        return new ProtocolException("the answer is over 1 MiB");
    }
}
