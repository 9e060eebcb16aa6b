// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers for which requests the authority asked to wait ({@code Retry-After}), and until when. Thread-safe. */
final class Pause {
    private static final int MOST = 1_000;

    private final String credentialName;
    private final InstantSource clock;
    private final ConcurrentHashMap<TokenRequestContext, Instant> ends = new ConcurrentHashMap<>();

    Pause(String credentialName, InstantSource clock) {
        this.credentialName = credentialName;
        this.clock = clock;
    }

    /** Fails while the authority must not be asked. */
    void check(TokenRequestContext request) {
        Instant end = ends.get(request);
        if (end == null) {
            return;
        }
        Duration left = Duration.between(clock.instant(), end);
        if (left.isNegative() || left.isZero()) {
            ends.remove(request, end);
            return;
        }
        throw new ClientAuthenticationException(FailureDetails.rejected(
                        credentialName,
                        "the sign-in host asked to wait " + Math.max(1, left.toSeconds())
                                + " s before the next request")
                .outcome(Outcome.TRANSIENT)
                .retryAfter(left)
                .remedy("Try again later.")
                .build());
    }

    /** Notes what a refusal says. */
    void after(TokenRequestContext request, ClientAuthenticationException refusal) {
        refusal.details().retryAfter().ifPresent(wait -> {
            if (ends.size() >= MOST) {
                ends.clear();
            }
            ends.put(request, clock.instant().plus(wait));
        });
    }
}
