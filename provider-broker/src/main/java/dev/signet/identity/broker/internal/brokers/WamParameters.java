// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the Windows runtime is told of a request.
 *
 * @param application who asks
 * @param scopes with blanks between them
 * @param redirectUri what must be registered with the application
 * @param claims decoded JSON; empty for none
 * @param proof what a proof-of-possession token is for; null for a bearer token
 * @param additional further parameters by their names
 */
record WamParameters(
        BrokerApplication application,
        String scopes,
        String redirectUri,
        String claims,
        @Nullable BrokerProof proof,
        Map<String, String> additional) {}
