// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.AccessToken;
import dev.signet.identity.core.FormBody;
import dev.signet.identity.core.HttpCalls;
import dev.signet.identity.core.RetryPolicy;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Sends the requests of one source and reads their answers. */
final class SourceClient {
    private static final String USER_AGENT = "signet-identity";

    private final SourceKind source;
    private final ProviderContext context;
    private final HttpCalls calls;
    private final Failures failures;

    SourceClient(SourceKind source, ProviderContext context, Duration budget, Failures failures) {
        this.source = source;
        this.context = context;
        this.calls = new HttpCalls(Failures.CREDENTIAL, context, budget);
        this.failures = failures;
    }

    /** Starts a request that goes past any proxy and says nothing of its own. */
    static TransportRequest.Builder get(URI address) {
        return local(TransportRequest.get(address));
    }

    /** Starts a request with a form, as {@link #get} does. */
    static TransportRequest.Builder post(URI address, FormBody form) {
        return local(TransportRequest.post(address, FormBody.CONTENT_TYPE, form.bytes()));
    }

    private static TransportRequest.Builder local(TransportRequest.Builder request) {
        return request.direct().header("Accept", "application/json").header("User-Agent", USER_AGENT);
    }

    /** The calls, for exchanges of several requests. */
    HttpCalls calls() {
        return calls;
    }

    /** Sends a request and reads the token in its answer. */
    AccessToken token(TransportRequest request, RetryPolicy policy) {
        Exchange exchange = new Exchange(this, request);
        TokenAnswer answer = send(exchange, policy);
        return answer.token(exchange.sentMillis.get(), context.clock().millis());
    }

    /** Sends one or more requests and reads the last answer. */
    TokenAnswer send(Function<Duration, TransportResponse> exchange, RetryPolicy policy) {
        TransportResponse response;
        try {
            response = calls.send(exchange, policy);
        } catch (UncheckedIOException failure) {
            throw failures.lost(Objects.requireNonNull(failure.getCause()));
        }
        if (response.status() != 200) {
            throw failures.refused(response);
        }
        return TokenAnswer.read(source, response);
    }

    /** One request, and the moment when it was last sent, from which relative times count. */
    private static final class Exchange implements Function<Duration, TransportResponse> {
        private final SourceClient client;
        private final TransportRequest request;
        private final AtomicLong sentMillis = new AtomicLong();

        Exchange(SourceClient client, TransportRequest request) {
            this.client = client;
            this.request = request;
        }

        @Override
        public TransportResponse apply(Duration left) {
            sentMillis.set(client.context.clock().millis());
            return client.calls.exchange(request.within(left));
        }
    }
}
