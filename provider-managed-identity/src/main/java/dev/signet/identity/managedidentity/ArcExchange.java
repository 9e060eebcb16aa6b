// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.Secret;
import dev.signet.identity.core.HttpCalls;
import dev.signet.identity.spi.TransportResponse;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A request to the agent, its challenge, and the request again with the key that the challenge names: reading that
 * file proves that the caller may have tokens.
 */
final class ArcExchange implements Function<Duration, TransportResponse> {
    private final SourceSetup setup;
    private final HttpCalls calls;
    private final URI address;
    private final AtomicLong sentMillis = new AtomicLong();

    ArcExchange(SourceSetup setup, HttpCalls calls, URI address) {
        this.setup = setup;
        this.calls = calls;
        this.address = address;
    }

    @Override
    public TransportResponse apply(Duration left) {
        mark();
        TransportResponse first =
                calls.exchange(ArcSource.request(address).build().within(left));
        if (first.status() != 401) {
            return first;
        }
        Secret key = ArcKey.read(ArcChallenge.keyFile(first), setup);
        mark();
        return calls.exchange(ArcSource.request(address)
                .header("Authorization", "Basic " + key.reveal())
                .build()
                .within(left));
    }

    /** When the last request was sent. */
    long sentMillis() {
        return sentMillis.get();
    }

    private void mark() {
        sentMillis.set(setup.context().clock().millis());
    }
}
