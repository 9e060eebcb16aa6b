// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The answer to an HTTP request. Immutable; {@link #toString()} shows the status only.
 *
 * @since 0.1.0
 */
public final class TransportResponse {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param headers names and values; the first value where a name came twice
     * @param body the bytes read, without transfer or content encoding
     */
    public TransportResponse(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = new TreeMap<>();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            this.headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
        }
        this.body = body.clone();
    }

    /**
     * The HTTP status.
     *
     * @return 100 to 599
     */
    public int status() {
        return status;
    }

    /**
     * The value of a header.
     *
     * @param name its name, in any case
     * @return its first value
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * The bytes of the body.
     *
     * @return a copy
     */
    public byte[] body() {
        return body.clone();
    }

    @Override
    public String toString() {
        return "TransportResponse[" + status + ", " + body.length + " bytes]";
    }
}
