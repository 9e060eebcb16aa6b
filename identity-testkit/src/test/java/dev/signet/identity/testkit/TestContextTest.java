// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.IdentityEventListener;
import dev.signet.identity.spi.TransportRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class TestContextTest {
    private final TestContext context = new TestContext(MutableClock.at(Instant.EPOCH));

    @Test
    void context_fresh_knowsNothing() {
        assertTrue(context.environment().variables().isEmpty());
        assertSame(context.environment(), context.environment());
        assertEquals(0.5, context.jitter().getAsDouble());
        assertEquals(Optional.empty(), context.tenantId());
        assertEquals(Optional.empty(), context.clientId());
        assertEquals(Optional.empty(), context.managedIdentityId());
        assertEquals(Optional.empty(), context.setting("x"));
        assertEquals(List.of(), context.additionallyAllowedTenants());
        assertEquals(Duration.ofSeconds(10), context.processTimeout());
        assertFalse(context.instanceDiscoveryDisabled() || context.accountIdentifierLoggingEnabled());
        assertEquals(URI.create("https://login.microsoftonline.com/"), context.authorityHost());
    }

    @Test
    void context_set_saysWhatItWasTold() {
        QueueExecutor executor = new QueueExecutor();
        context.tenantId("t")
                .clientId("c")
                .managedIdentityId(ManagedIdentityId.systemAssigned())
                .setting("k", "v")
                .jitter(0.25)
                .executor(executor)
                .processTimeout(Duration.ofSeconds(1))
                .instanceDiscoveryDisabled(true)
                .accountIdentifierLoggingEnabled(true)
                .additionallyAllowedTenants("*")
                .authorityHost(URI.create("https://localhost:1"));

        assertEquals("t", context.tenantId().orElseThrow());
        assertEquals("c", context.clientId().orElseThrow());
        assertTrue(context.managedIdentityId().isPresent());
        assertEquals("v", context.setting("k").orElseThrow());
        assertEquals(0.25, context.jitter().getAsDouble());
        assertSame(executor, context.executor());
        assertEquals(Duration.ofSeconds(1), context.processTimeout());
        assertTrue(context.instanceDiscoveryDisabled() && context.accountIdentifierLoggingEnabled());
        assertEquals(List.of("*"), context.additionallyAllowedTenants());
        assertEquals(URI.create("https://localhost:1/"), context.authorityHost());
    }

    @Test
    void environment_changes_areSeenAtOnce() {
        context.property("os.name", "Linux")
                .environment(Map.of("A", "1"))
                .env("B", "2")
                .env("A", null);

        assertEquals(Map.of("B", "2"), context.environment().variables());
        assertEquals("Linux", context.environment().property("os.name").orElseThrow());
        assertFalse(context.toString().contains("2"), "names only");
    }

    @Test
    void environment_namesAuthorityAndTenants() {
        context.env("AZURE_AUTHORITY_HOST", "https://login.example")
                .env("AZURE_ADDITIONALLY_ALLOWED_TENANTS", "a; b;;");

        assertEquals(URI.create("https://login.example/"), context.authorityHost());
        assertEquals(List.of("a", "b"), context.additionallyAllowedTenants());
        context.env("AZURE_AUTHORITY_HOST", "http://login.example");
        assertThrows(IllegalArgumentException.class, context::authorityHost);
    }

    @Test
    void transport_fresh_forbidsAndCounts() {
        ForbiddenTransport transport = (ForbiddenTransport) context.transport();
        TransportRequest request =
                TransportRequest.get(URI.create("http://127.0.0.1/?secret")).build();

        AssertionError failure = assertThrows(AssertionError.class, () -> transport.send(request));

        assertEquals("no I/O expected: GET http://127.0.0.1/", failure.getMessage());
        assertEquals(1, transport.calls());
    }

    @Test
    void sleeper_movesTheClockInstead() {
        context.sleeper().sleep(Duration.ofSeconds(3));
        context.sleeper().sleep(Duration.ofSeconds(4));

        assertEquals(
                List.of(Duration.ofSeconds(3), Duration.ofSeconds(4)),
                context.sleeper().sleeps());
        assertEquals(Duration.ofSeconds(7), context.sleeper().total());
        assertEquals(Instant.ofEpochSecond(7), context.clock().instant());
        context.sleeper().reset();
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> context.sleeper().sleep(Duration.ZERO));
        assertTrue(Thread.interrupted(), "the flag stays set");
        assertEquals(List.of(), context.sleeper().sleeps());
    }

    @Test
    void clock_isSetOrFollowsTheRealOne() {
        MutableClock clock = context.clock();
        clock.set(Instant.ofEpochSecond(100));
        clock.advance(Duration.ofSeconds(-1));
        assertEquals(Instant.ofEpochSecond(99), clock.instant());

        MutableClock ticking = MutableClock.ticking();
        ticking.advance(Duration.ofDays(1));
        assertTrue(ticking.instant().isAfter(Instant.now().plus(Duration.ofHours(23))));
    }

    @Test
    void executors_runWhenTold() {
        QueueExecutor queue = new QueueExecutor();
        int[] runs = {0};
        queue.execute(() -> queue.execute(() -> runs[0]++));
        assertEquals(1, queue.pending());
        assertEquals(2, queue.runAll());
        assertFalse(queue.runNext());
        new DirectExecutor().execute(() -> runs[0]++);
        assertEquals(2, runs[0]);
    }

    @Test
    void listener_writesDownWhatItHears() {
        RecordingListener listener = context.listener();
        listener.cacheHit("A");
        IdentityEventListener.Observation observation =
                listener.tokenRequested("A", TokenRequestContext.of("https://x/.default"));
        listener.httpExchange("A", "GET", URI.create("http://h/p"), 200, Duration.ZERO);
        observation.finished(Outcome.TOKEN, Duration.ZERO, null);
        listener.credentialSelected("Chain", "A");

        assertEquals(
                List.of(
                        new RecordingListener.Event(RecordingListener.Kind.CACHE_HIT, "A", ""),
                        new RecordingListener.Event(RecordingListener.Kind.TOKEN_REQUESTED, "A", "https://x/.default"),
                        new RecordingListener.Event(RecordingListener.Kind.HTTP_EXCHANGE, "A", "GET http://h/p 200"),
                        new RecordingListener.Event(RecordingListener.Kind.TOKEN_FINISHED, "A", "TOKEN"),
                        new RecordingListener.Event(RecordingListener.Kind.CREDENTIAL_SELECTED, "A", "Chain")),
                listener.events());
        assertEquals(1, listener.events(RecordingListener.Kind.CACHE_HIT).size());
        listener.reset();
        assertTrue(listener.events().isEmpty());
    }
}
