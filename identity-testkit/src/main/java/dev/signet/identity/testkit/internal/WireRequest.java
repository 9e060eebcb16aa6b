// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.internal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire.
 *
 * @param method for example {@code GET}
 * @param target path and query, undecoded
 * @param version for example {@code HTTP/1.1}
 * @param headers names and values in order
 * @param body the bytes, without transfer encoding
 * @param serverName the name from SNI, or null
 * @param clientAddress address and port of the client
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WireRequest(
        String method,
        String target,
        String version,
        List<Map.Entry<String, String>> headers,
        byte[] body,
        @Nullable String serverName,
        String clientAddress) {
    /**
     * The same request with other headers.
     *
     * @param others names and values in order
     * @return a new request
     */
    public WireRequest withHeaders(List<Map.Entry<String, String>> others) {
        return new WireRequest(method, target, version, List.copyOf(others), body, serverName, clientAddress);
    }

    /**
     * The first value of a header.
     *
     * @param name in any case
     * @return its value, or null
     */
    public @Nullable String header(String name) {
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue();
            }
        }
        return null;
    }
}
