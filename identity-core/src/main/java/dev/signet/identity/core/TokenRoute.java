// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.spi.TransportRequest;
import java.net.URI;

/**
 * The way of token requests: straight to the sign-in host, to an endpoint of the region, or through a proxy that takes
 * the host's place. Thread-safe.
 *
 * @since 0.1.0
 */
public interface TokenRoute {
    /**
     * Where a request for an endpoint is sent.
     *
     * @param tokenEndpoint the endpoint at the sign-in host
     * @return an https address
     * @throws dev.signet.identity.ClientAuthenticationException if nothing may be sent to that host
     */
    URI address(URI tokenEndpoint);

    /**
     * Gives a request the trust that the way needs; the default needs none.
     *
     * @param request the request, still to be built
     */
    default void adjust(TransportRequest.Builder request) {}
}
