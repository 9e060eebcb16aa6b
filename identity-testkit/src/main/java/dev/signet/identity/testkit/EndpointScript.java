// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one endpoint was told to answer and what it received. Thread-safe.
 *
 * @since 0.1.0
 */
public final class EndpointScript {
    private final Lock lock = new ReentrantLock();
    private final Deque<Reply> queue = new ArrayDeque<>();
    private final List<RecordedRequest> requests = new ArrayList<>();
    private final Set<String> tolerated = new HashSet<>();
    private final InstantSource clock;
    private @Nullable Reply standing;
    private @Nullable Throttle throttle;

    EndpointScript(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Adds replies for the next requests, one each; after them come {@link #always} or normal answers.
     *
     * @param replies in order
     */
    public void enqueue(Reply... replies) {
        locked(() -> Collections.addAll(queue, replies));
    }

    /**
     * Sets the reply to every request for which none was enqueued.
     *
     * @param reply the reply
     */
    public void always(Reply reply) {
        Objects.requireNonNull(reply);
        locked(() -> standing = reply);
    }

    /**
     * Lets the query have parameters that the protocol does not know, because they are part of the address that a
     * test gives to its client.
     *
     * @param names the parameters
     */
    public void allowParameters(String... names) {
        locked(() -> Collections.addAll(tolerated, names));
    }

    /**
     * Lets so many requests through in each window of time, by the cloud's clock; the others are answered with 429 and
     * the time until the window's end in {@code Retry-After}. Replies that were enqueued come first and do not count.
     *
     * @param limit the requests in a window
     * @param window how long it is, from the first request in it
     */
    public void throttle(int limit, Duration window) {
        Throttle next = new Throttle(limit, window);
        locked(() -> throttle = next);
    }

    /** Forgets replies and requests: the endpoint answers normally again. */
    public void reset() {
        locked(() -> {
            queue.clear();
            requests.clear();
            tolerated.clear();
            standing = null;
            throttle = null;
            return true;
        });
    }

    /**
     * The requests so far.
     *
     * @return in order of arrival
     */
    public List<RecordedRequest> requests() {
        return locked(() -> List.copyOf(requests));
    }

    /**
     * The replies that were enqueued and not yet used.
     *
     * @return a count
     */
    public int pending() {
        return locked(queue::size);
    }

    Reply record(RecordedRequest request) {
        return locked(() -> {
            requests.add(request);
            Reply next = queue.poll();
            if (next == null && throttle != null) {
                next = throttle.refusal(clock.instant());
            }
            if (next == null) {
                next = standing;
            }
            return next == null ? Reply.passThrough() : next;
        });
    }

    Set<String> tolerated() {
        return locked(() -> Set.copyOf(tolerated));
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
