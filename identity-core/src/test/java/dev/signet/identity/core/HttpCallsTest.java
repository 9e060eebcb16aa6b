// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.spi.IdentityEventListener;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallsTest {
    private static final TransportRequest REQUEST = TransportRequest.get(
                    URI.create("http://127.0.0.1/token?secret=canary"))
            .build();

    private final TestContexts contexts = new TestContexts();
    private final Deque<Object> answers = new ArrayDeque<>();
    private final List<Duration> timeouts = new ArrayList<>();
    private Duration exchangeTime = Duration.ZERO;
    private final StandardContext context = contexts.with(this::send);
    private final HttpCalls calls = new HttpCalls("Test", context);

    private TransportResponse send(TransportRequest request) {
        timeouts.add(request.timeout());
        contexts.advance(exchangeTime.compareTo(request.timeout()) < 0 ? exchangeTime : request.timeout());
        Object answer = answers.size() > 1 ? answers.poll() : answers.peek();
        if (answer instanceof IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return (TransportResponse) answer;
    }

    @Test
    void send_success_isSentOnce() {
        answers.add(status(200));
        assertEquals(200, calls.send(REQUEST, StandardRetryPolicy.entra()).status());
        assertEquals(List.of(Duration.ofSeconds(30)), timeouts);
        assertEquals(List.of(), contexts.slept);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void send_retriedStatus_givesTheLastAnswerAfterThreeRetries(int status) {
        answers.add(status(status));
        assertEquals(status, calls.send(REQUEST, StandardRetryPolicy.entra()).status());
        assertEquals(4, timeouts.size());
        assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)), contexts.slept);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404, 405, 410, 501, 505})
    void send_otherStatus_isNotRetried(int status) {
        answers.add(status(status));
        assertEquals(status, calls.send(REQUEST, StandardRetryPolicy.entra()).status());
        assertEquals(1, timeouts.size());
    }

    @Test
    void send_lostConnectionThenAnswer_isRetried() {
        answers.add(new SocketException("reset"));
        answers.add(new SocketTimeoutException("slow"));
        answers.add(status(200));
        assertEquals(200, calls.send(REQUEST, StandardRetryPolicy.entra()).status());
    }

    @Test
    void send_lostForEver_throwsTheLastFailure() {
        SocketException reset = new SocketException("reset");
        answers.add(reset);
        assertSame(
                reset,
                assertThrows(UncheckedIOException.class, () -> calls.send(REQUEST, StandardRetryPolicy.entra()))
                        .getCause());
        assertEquals(4, timeouts.size());
    }

    @Test
    void send_malformedAnswerOrFailedHandshake_isNotRetried() {
        for (IOException failure : List.of(new ProtocolException("bad"), new SSLHandshakeException("untrusted"))) {
            answers.clear();
            timeouts.clear();
            answers.add(failure);
            assertThrows(UncheckedIOException.class, () -> calls.send(REQUEST, StandardRetryPolicy.entra()));
            assertEquals(1, timeouts.size());
        }
    }

    @ParameterizedTest(name = "row T4: Retry-After {0} waits {1}")
    @CsvSource({
        "7, PT7S",
        "' 7 ', PT7S",
        "0, PT1S",
        "3600, PT1M",
        "'Thu, 01 Jan 2026 00:00:09 GMT', PT9S",
        "'Thu, 01 Jan 2026 01:00:00 GMT', PT1M",
        "'Wed, 31 Dec 2025 00:00:00 GMT', PT1S",
        "abc, PT1S",
        "-5, PT1S",
        "99999999999999999999, PT1S",
    })
    void send_retryAfter_isHonouredUpToAMinute(String header, Duration wait) {
        answers.add(new TransportResponse(503, Map.of("Retry-After", header), new byte[0]));
        answers.add(status(200));
        calls.send(REQUEST, StandardRetryPolicy.entra());
        assertEquals(List.of(wait), contexts.slept);
    }

    @Test
    void retryAfter_longTime_isToldAsAsked() {
        TransportResponse response = new TransportResponse(429, Map.of("Retry-After", "3600"), new byte[0]);
        assertEquals(Optional.of(Duration.ofHours(1)), calls.retryAfter(response));
    }

    @Test
    void retryAfter_noHeader_isEmpty() {
        assertEquals(Optional.empty(), calls.retryAfter(status(503)));
    }

    @Test
    void send_budget_rowT9_coversWaitsAndTheLastExchange() {
        exchangeTime = Duration.ofSeconds(2);
        answers.add(status(503));
        HttpCalls tight = new HttpCalls("Test", context, Duration.ofSeconds(10));
        long start = context.clock().millis();
        assertEquals(
                503,
                tight.send(REQUEST, StandardRetryPolicy.of(new int[] {503}, 1000, 1000, 1000, 1000))
                        .status());
        assertTrue(context.clock().millis() - start <= 10_000);
        assertEquals(
                List.of(Duration.ofSeconds(10), Duration.ofSeconds(7), Duration.ofSeconds(4), Duration.ofSeconds(1)),
                timeouts);
    }

    @Test
    void send_waitBeyondTheBudget_givesUpAtOnce() {
        answers.add(new TransportResponse(503, Map.of("Retry-After", "50"), new byte[0]));
        HttpCalls tight = new HttpCalls("Test", context, Duration.ofSeconds(10));
        assertEquals(503, tight.send(REQUEST, StandardRetryPolicy.entra()).status());
        assertEquals(List.of(), contexts.slept);
    }

    @ParameterizedTest
    @CsvSource({"0, 800", "0.5, 1000", "0.99999, 1199"})
    void send_delay_isSpreadByAFifth(double jitter, long millis) {
        answers.add(status(503));
        answers.add(status(200));
        StandardContext jittered = context.toBuilder().jitter(() -> jitter).build();
        new HttpCalls("Test", jittered).send(REQUEST, StandardRetryPolicy.entra());
        assertEquals(List.of(Duration.ofMillis(millis)), contexts.slept);
    }

    @Test
    void send_interruptedExchange_isCancelled() {
        answers.add(new InterruptedIOException("interrupted"));
        ClientAuthenticationException failure = assertThrows(
                ClientAuthenticationException.class, () -> calls.send(REQUEST, StandardRetryPolicy.entra()));
        assertEquals(Outcome.CANCELLED, failure.outcome());
        assertEquals("Test: interrupted while asking for a token.", failure.getMessage());
        assertEquals(1, timeouts.size());
    }

    @Test
    void send_interruptedWait_rowT8_isCancelled() {
        answers.add(status(503));
        StandardContext interrupted = context.toBuilder()
                .sleeper(duration -> {
                    throw new CancellationException("interrupted");
                })
                .build();
        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> new HttpCalls("Test", interrupted)
                        .send(REQUEST, StandardRetryPolicy.entra()));
        assertEquals(Outcome.CANCELLED, failure.outcome());
        assertInstanceOf(CancellationException.class, failure.getCause());
    }

    @Test
    void systemSleeper_interrupted_endsAtOnceWithTheFlagSet() {
        Thread.currentThread().interrupt();
        assertThrows(
                CancellationException.class,
                () -> StandardContext.create().sleeper().sleep(Duration.ofMinutes(5)));
        assertTrue(Thread.interrupted());
    }

    @Test
    void listener_hearsEveryExchangeWithoutTheQuery() {
        List<String> events = new ArrayList<>();
        IdentityEventListener listener = new IdentityEventListener() {
            @Override
            public void httpExchange(String name, String method, URI address, int status, Duration duration) {
                events.add(name + " " + method + " " + address + " " + status + " " + duration);
                throw new IllegalStateException("broken");
            }
        };
        exchangeTime = Duration.ofMillis(3);
        answers.add(new SocketException("reset"));
        answers.add(status(200));
        new HttpCalls("Test", context.toBuilder().listener(listener).build())
                .send(REQUEST, StandardRetryPolicy.entra());
        assertEquals(
                List.of("Test GET http://127.0.0.1/token 0 PT0.003S", "Test GET http://127.0.0.1/token 200 PT0.003S"),
                events);
    }

    private static TransportResponse status(int status) {
        return new TransportResponse(status, Map.of(), new byte[0]);
    }
}
