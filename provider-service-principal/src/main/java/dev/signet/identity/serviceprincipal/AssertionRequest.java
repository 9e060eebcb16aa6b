// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import java.net.URI;

/**
 * What an assertion is asked for.
 *
 * @param clientId the application that the assertion speaks of
 * @param tokenEndpoint the address that will check it, whichever way the request takes
 * @since 0.1.0
 */
public record AssertionRequest(String clientId, URI tokenEndpoint) {}
