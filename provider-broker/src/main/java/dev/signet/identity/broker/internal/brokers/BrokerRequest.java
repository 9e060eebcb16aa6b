// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * What a broker is asked.
 *
 * @param application who asks
 * @param user whose token is wanted
 * @param tokens scopes and claims
 * @param rejected the token that the resource refused, if a new one is wanted
 * @param proof what a proof-of-possession token is for; null for a bearer token
 */
public record BrokerRequest(
        BrokerApplication application,
        BrokerUser user,
        TokenRequestContext tokens,
        @Nullable AccessToken rejected,
        @Nullable BrokerProof proof) {}
