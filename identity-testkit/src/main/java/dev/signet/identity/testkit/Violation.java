// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

/**
 * A deviation of a client from the protocol, even where the real service would have put up with it.
 *
 * @param endpoint the endpoint that saw it, for example {@code imds}
 * @param request method and path
 * @param problem what is wrong; names of headers and parameters, never values
 * @since 0.1.0
 */
public record Violation(String endpoint, String request, String problem) {
    @Override
    public String toString() {
        return endpoint + ": " + request + ": " + problem;
    }
}
