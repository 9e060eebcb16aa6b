// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.IdentityEventListener;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what it hears. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RecordingListener implements IdentityEventListener {
    private final List<Event> events = new CopyOnWriteArrayList<>();

    /** A listener that has heard nothing yet. */
    public RecordingListener() {}

    /** The kinds of events. */
    public enum Kind {
        /** A token was served from memory. */
        CACHE_HIT,
        /** A source is about to be asked. */
        TOKEN_REQUESTED,
        /** A source has answered or failed; the detail is the outcome. */
        TOKEN_FINISHED,
        /** An HTTP exchange ended; the detail is method, address and status. */
        HTTP_EXCHANGE,
        /** A chain chose; the detail is the chain's name. */
        CREDENTIAL_SELECTED
    }

    /**
     * Something that was heard.
     *
     * @param kind what kind of event
     * @param credentialName the credential it is about
     * @param detail depends on the kind; empty where there is none
     * @since 0.1.0
     */
    public record Event(Kind kind, String credentialName, String detail) {}

    @Override
    public void cacheHit(String credentialName) {
        events.add(new Event(Kind.CACHE_HIT, credentialName, ""));
    }

    @Override
    public Observation tokenRequested(String credentialName, TokenRequestContext request) {
        events.add(new Event(Kind.TOKEN_REQUESTED, credentialName, String.join(" ", request.scopes())));
        return (Outcome outcome, Duration duration, @Nullable Throwable failure) ->
                events.add(new Event(Kind.TOKEN_FINISHED, credentialName, outcome.name()));
    }

    @Override
    public void httpExchange(String credentialName, String method, URI address, int status, Duration duration) {
        events.add(new Event(Kind.HTTP_EXCHANGE, credentialName, method + " " + address + " " + status));
    }

    @Override
    public void credentialSelected(String chainName, String credentialName) {
        events.add(new Event(Kind.CREDENTIAL_SELECTED, credentialName, chainName));
    }

    /**
     * Everything heard so far.
     *
     * @return in order
     */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /**
     * What was heard of one kind.
     *
     * @param kind the kind
     * @return in order
     */
    public List<Event> events(Kind kind) {
        return events.stream().filter(event -> event.kind() == kind).toList();
    }

    /** Forgets everything heard so far. */
    public void reset() {
        events.clear();
    }
}
