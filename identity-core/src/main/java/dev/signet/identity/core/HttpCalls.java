// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.spi.IdentityEventListener;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests for a credential: retries by a policy within a budget, honours {@code Retry-After} (RFC 9110
 * section 10.2.3) up to a minute, tells the listener, and ends at once when the thread is interrupted. Thread-safe.
 *
 * @since 0.1.0
 */
public final class HttpCalls {
    /** The time that one call may take, retries and waits included: 100 s. */
    public static final Duration DEFAULT_BUDGET = Duration.ofSeconds(100);

    /** The longest wait that an answer can ask for: a minute. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** A longer {@code Retry-After} is taken for this: a day. */
    private static final long MAX_RETRY_AFTER_SECONDS = 86_400;

    private static final double SPREAD = 0.2;

    private final String credentialName;
    private final ProviderContext context;
    private final Duration budget;

    /**
     * Calls on behalf of a credential, within {@link #DEFAULT_BUDGET}.
     *
     * @param credentialName for messages and events
     * @param context transport, clock, sleeper and listener
     */
    public HttpCalls(String credentialName, ProviderContext context) {
        this(credentialName, context, DEFAULT_BUDGET);
    }

    /**
     * Calls on behalf of a credential.
     *
     * @param credentialName for messages and events
     * @param context transport, clock, sleeper and listener
     * @param budget the time that one call may take, retries and waits included
     */
    public HttpCalls(String credentialName, ProviderContext context, Duration budget) {
        this.credentialName = credentialName;
        this.context = context;
        this.budget = budget;
    }

    /**
     * Sends a request until an answer is not retried.
     *
     * @param request what to send
     * @param policy what is retried
     * @return the last answer, whatever its status
     * @throws UncheckedIOException if the last exchange had no complete answer
     * @throws ClientAuthenticationException with {@link Outcome#CANCELLED} if the thread is interrupted
     */
    public TransportResponse send(TransportRequest request, RetryPolicy policy) {
        return send(new SingleExchange(this, request), policy);
    }

    /**
     * Repeats an exchange of one or more requests, always from its first one, until its last answer is not retried.
     *
     * @param exchange is handed what is left of the budget, calls {@link #exchange} for each of its requests and
     *     returns the last answer
     * @param policy what is retried
     * @return the last answer, whatever its status
     * @throws UncheckedIOException if the last exchange had no complete answer
     * @throws ClientAuthenticationException with {@link Outcome#CANCELLED} if the thread is interrupted
     */
    public TransportResponse send(Function<Duration, TransportResponse> exchange, RetryPolicy policy) {
        long end = context.clock().millis() + budget.toMillis();
        for (int retries = 0; ; retries++) {
            Duration delay;
            TransportResponse response = null;
            UncheckedIOException failure = null;
            try {
                response = exchange.apply(left(end));
                if (response.status() >= 200 && response.status() < 300) {
                    return response;
                }
                delay = policy.afterStatus(
                        response.status(), retryAfter(response).orElse(null), retries);
            } catch (UncheckedIOException lost) {
                failure = lost;
                IOException cause = Objects.requireNonNull(lost.getCause());
                delay = retryable(cause) ? policy.afterFailure(cause, retries) : null;
            }
            if (delay != null) {
                long wait = Math.max(spread(delay), retryAfterMillis(response));
                if (context.clock().millis() + wait < end) {
                    sleep(wait);
                    continue;
                }
            }
            if (response != null) {
                return response;
            }
            throw failure == null ? new IllegalStateException("neither answer nor failure") : failure;
        }
    }

    /**
     * Sends a request once.
     *
     * @param request what to send
     * @return the answer, whatever its status
     * @throws UncheckedIOException if there was no complete answer
     * @throws ClientAuthenticationException with {@link Outcome#CANCELLED} if the thread is interrupted
     */
    public TransportResponse exchange(TransportRequest request) {
        long start = context.clock().millis();
        int status = 0;
        try {
            TransportResponse response = context.transport().send(request);
            status = response.status();
            return response;
        } catch (UncheckedIOException failure) {
            if (failure.getCause() instanceof InterruptedIOException interrupted
                    && !(interrupted instanceof SocketTimeoutException)) {
                throw cancelled(failure);
            }
            throw failure;
        } finally {
            tell(request, status, start);
        }
    }

    /**
     * The time that an answer asks to wait.
     *
     * @param response the answer
     * @return seconds or date of {@code Retry-After}, at most a day; empty when absent or malformed
     */
    public Optional<Duration> retryAfter(TransportResponse response) {
        Optional<String> header = response.header("Retry-After");
        if (header.isEmpty()) {
            return Optional.empty();
        }
        String text = header.get().strip();
        long seconds;
        try {
            seconds = Long.parseLong(text);
        } catch (NumberFormatException date) {
            seconds = HttpDate.secondsUntil(text, context.clock());
        }
        return seconds < 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Math.min(seconds, MAX_RETRY_AFTER_SECONDS)));
    }

    private long retryAfterMillis(@Nullable TransportResponse response) {
        Duration asked = response == null ? null : retryAfter(response).orElse(null);
        return asked == null ? 0 : Math.min(asked.toMillis(), LONGEST_WAIT.toMillis());
    }

    /** What is left of the budget, so that the last exchange does not outlast it. */
    private Duration left(long end) {
        return Duration.ofMillis(Math.max(1, end - context.clock().millis()));
    }

    /** A fifth more or less, so that hosts that failed together do not come back together. */
    private long spread(Duration delay) {
        return (long)
                (delay.toMillis() * (1 - SPREAD + 2 * SPREAD * context.jitter().getAsDouble()));
    }

    private void sleep(long millis) {
        try {
            context.sleeper().sleep(Duration.ofMillis(millis));
        } catch (CancellationException interrupted) {
            throw cancelled(interrupted);
        }
    }

    private ClientAuthenticationException cancelled(RuntimeException cause) {
        return new ClientAuthenticationException(
                FailureDetails.rejected(credentialName, "interrupted while asking for a token")
                        .outcome(Outcome.CANCELLED)
                        .build(),
                cause);
    }

    private static boolean retryable(IOException failure) {
        return !(failure instanceof ProtocolException || failure instanceof SSLHandshakeException);
    }

    private void tell(TransportRequest request, int status, long start) {
        IdentityEventListener listener = context.listener();
        if (listener == IdentityEventListener.NONE) {
            return;
        }
        try {
            Duration duration = Duration.ofMillis(Math.max(0, context.clock().millis() - start));
            URI uri = request.uri();
            URI address = URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath());
            listener.httpExchange(credentialName, request.method(), address, status, duration);
        } catch (RuntimeException broken) {
            // a listener must not change what callers see, and there is no better place to say so
        }
    }

    /** A class, because a lambda would cost a cold start more than the request. */
    private static final class SingleExchange implements Function<Duration, TransportResponse> {
        private final HttpCalls calls;
        private final TransportRequest request;

        SingleExchange(HttpCalls calls, TransportRequest request) {
            this.calls = calls;
            this.request = request;
        }

        @Override
        public TransportResponse apply(Duration left) {
            return calls.exchange(request.within(left));
        }
    }
}
