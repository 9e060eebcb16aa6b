// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

/**
 * Sends one HTTP request and reads its answer. No redirects, no cookies, no retries, no authentication of its own.
 * Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HttpTransport {
    /**
     * Sends a request on the caller's thread and waits for the whole answer.
     *
     * @param request what to send, and within which limits
     * @return the answer, whatever its status
     * @throws java.io.UncheckedIOException if there was no complete answer; the cause tells why: {@link
     *     java.net.ConnectException} and its relatives when no connection was made, {@link
     *     java.net.SocketTimeoutException} after the deadline, {@link java.io.InterruptedIOException} when the thread
     *     was interrupted (its flag stays set), {@code SSLException} when TLS failed
     */
    TransportResponse send(TransportRequest request);
}
