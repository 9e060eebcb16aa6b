// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * One server of the {@link EmbeddedCloud}: where it is, what it received and what it answers. Thread-safe.
 *
 * @since 0.1.0
 */
public sealed interface CloudEndpoint
        permits EmbeddedAuthority,
                GitHubActionsEndpoint,
                HostedEndpoint,
                PipelinesEndpoint,
                ResourceEndpoint,
                ResourceManagerEndpoint,
                TokenProxy {
    /**
     * The name of the endpoint in requests and violations.
     *
     * @return for example {@code imds}
     */
    String name();

    /**
     * The address under which clients reach it.
     *
     * @return an absolute http or https address
     */
    URI uri();

    /**
     * The variables that make a client use this endpoint, and no others.
     *
     * @return names and values, in order
     */
    Map<String, String> environment();

    /**
     * What it was told to answer and what it received.
     *
     * @return the script; always the same one
     */
    EndpointScript script();

    /**
     * How many connections were opened, whether or not a request came over them.
     *
     * @return a count
     */
    int connections();

    /**
     * The requests so far.
     *
     * @return in order of arrival
     */
    default List<RecordedRequest> requests() {
        return script().requests();
    }

    /**
     * The latest request.
     *
     * @return the last of {@link #requests()}
     * @throws NoSuchElementException if there was none
     */
    default RecordedRequest lastRequest() {
        List<RecordedRequest> requests = requests();
        if (requests.isEmpty()) {
            throw new NoSuchElementException(name() + " has received no request");
        }
        return requests.get(requests.size() - 1);
    }

    /**
     * Adds replies for the next requests, one each.
     *
     * @param replies in order
     */
    default void enqueue(Reply... replies) {
        script().enqueue(replies);
    }

    /**
     * Sets the reply to every request for which none was enqueued.
     *
     * @param reply the reply
     */
    default void always(Reply reply) {
        script().always(reply);
    }

    /**
     * Lets so many requests through in each window of time and answers the others with 429.
     *
     * @param limit the requests in a window
     * @param window how long it is, by the cloud's clock
     * @see EndpointScript#throttle
     */
    default void throttle(int limit, Duration window) {
        script().throttle(limit, window);
    }

    /** Forgets replies and requests. */
    default void reset() {
        script().reset();
    }
}
