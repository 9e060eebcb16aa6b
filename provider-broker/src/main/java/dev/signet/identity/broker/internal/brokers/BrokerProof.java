// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import java.net.URI;

/**
 * The one HTTP request that a proof-of-possession token is bound to.
 *
 * @param method for example {@code GET}
 * @param uri its address
 * @param nonce what the resource wants to find in the token; empty for nothing
 */
public record BrokerProof(String method, URI uri, String nonce) {}
