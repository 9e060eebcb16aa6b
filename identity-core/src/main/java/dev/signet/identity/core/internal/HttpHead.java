// SPDX-License-Identifier: MIT
package dev.signet.identity.core.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Status line and headers of an answer (RFC 9112 sections 4 and 5), read byte by byte and within bounds. */
final class HttpHead {
    private static final int MAX_BYTES = 64 * 1024;

    private final int status;
    private final Map<String, String> headers;

    private HttpHead(int status, Map<String, String> headers) {
        this.status = status;
        this.headers = headers;
    }

    /** Reads up to and with the empty line; interim answers (1xx) are passed over. */
    static HttpHead read(InputStream input) throws IOException {
        Lines lines = new Lines(input);
        while (true) {
            int status = status(lines.next());
            Map<String, String> headers = new TreeMap<>();
            String line = lines.next();
            while (!line.isEmpty()) {
                int colon = line.indexOf(':');
                if (colon <= 0 || line.charAt(0) <= ' ' || line.charAt(colon - 1) <= ' ') {
                    throw new ProtocolException("malformed header in the answer");
                }
                String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                String value = line.substring(colon + 1).strip();
                String first = headers.putIfAbsent(name, value);
                if (first != null && name.equals("content-length") && !first.equals(value)) {
                    throw new ProtocolException("two different Content-Length headers in the answer");
                }
                line = lines.next();
            }
            if (status >= 200) {
                return new HttpHead(status, headers);
            }
        }
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The value of a header, by its lower-case name. */
    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    private static int status(String line) throws ProtocolException {
        boolean http = line.startsWith("HTTP/1.") && line.length() >= 12 && line.charAt(8) == ' ';
        int status = 0;
        for (int i = 9; http && i < 12; i++) {
            char c = line.charAt(i);
            http = c >= '0' && c <= '9';
            status = status * 10 + (c - '0');
        }
        if (!http || status < 100 || status > 599 || line.length() > 12 && line.charAt(12) != ' ') {
            throw new ProtocolException("the answer is not HTTP/1.1");
        }
        return status;
    }

    /** Lines of ISO 8859-1 text that end with LF or CR LF. */
    private static final class Lines {
        private final InputStream input;
        private int total;

        Lines(InputStream input) {
            this.input = input;
        }

        String next() throws IOException {
            StringBuilder line = new StringBuilder(64);
            int b = input.read();
            while (b != '\n') {
                if (b < 0) {
                    throw new EOFException("the connection was closed before the answer was complete");
                }
                total++;
                if (total > MAX_BYTES) {
                    throw new ProtocolException("the headers of the answer are over 64 KiB");
                }
                line.append((char) b);
                b = input.read();
            }
            int length = line.length();
            if (length > 0 && line.charAt(length - 1) == '\r') {
                line.setLength(length - 1);
            }
            return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }
}
