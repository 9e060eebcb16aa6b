// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random calls from many threads, while the clock moves: one fetch at a time, and never an expired token. */
@Timeout(120)
class TokenCellStressTest {
    private static final int THREADS = 16;
    private static final int OPERATIONS = 4000;

    private final AtomicReference<String> violation = new AtomicReference<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20260101, 987654321})
    void cell_randomOperations_keepsItsPromises(long seed) {
        AtomicLong millis = new AtomicLong(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger number = new AtomicInteger();
        Random sourceRandom = new Random(seed);
        TokenCell cell = new TokenCell(
                () -> fetch(millis, inFlight, number, sourceRandom),
                () -> Instant.ofEpochMilli(millis.get()),
                TaskExecutor.shared(),
                () -> 0.5);
        AtomicInteger nextThread = new AtomicInteger();
        Callers.start(THREADS, () -> {
                    Random random = new Random(seed + nextThread.incrementAndGet());
                    for (int i = 0; i < OPERATIONS && violation.get() == null; i++) {
                        step(cell, millis, random);
                    }
                    return "done";
                })
                .results();
        assertNull(violation.get(), () -> violation.get() + ", seed " + seed);
        assertTrue(number.get() > 1, "the source was hardly asked, seed " + seed);
    }

    private void step(TokenCell cell, AtomicLong millis, Random random) {
        int choice = random.nextInt(100);
        if (choice < 70) {
            long before = millis.get();
            try {
                check(cell.get(), before);
            } catch (IllegalArgumentException | CancellationException scripted) {
                // the source does so now and then
            }
        } else if (choice < 85) {
            long before = millis.get();
            CompletableFuture<AccessToken> future = cell.getAsync();
            if (random.nextInt(4) == 0) {
                future.cancel(true);
            } else {
                future.thenAccept(token -> check(token, before));
            }
        } else if (choice < 97) {
            millis.addAndGet(random.nextInt(40_000));
        } else if (choice == 97) {
            millis.addAndGet(-random.nextInt(5_000));
        } else {
            cell.clear();
        }
    }

    private AccessToken fetch(AtomicLong millis, AtomicInteger inFlight, AtomicInteger number, Random random) {
        if (inFlight.incrementAndGet() != 1) {
            violation.compareAndSet(null, "two fetches at once");
        }
        try {
            Thread.yield();
            int outcome = random.nextInt(10);
            if (outcome == 0) {
                throw new IllegalArgumentException("scripted");
            }
            if (outcome == 1) {
                throw new CancellationException("scripted");
            }
            // long enough for the clock to move on between the fetch and its check in the cell
            Duration lifetime = Duration.ofMinutes(60 + random.nextInt(600));
            Instant expiry = Instant.ofEpochMilli(millis.get()).plus(lifetime);
            return AccessToken.of("t" + number.incrementAndGet(), expiry, "Test");
        } finally {
            inFlight.decrementAndGet();
        }
    }

    /** A token must have been usable at some moment of the call, of which the start is the most lenient. */
    private void check(AccessToken token, long calledAt) {
        if (token.expiresOn().toEpochMilli() <= calledAt - 5_000L * THREADS) {
            violation.compareAndSet(null, "an expired token was handed out");
        }
    }
}
