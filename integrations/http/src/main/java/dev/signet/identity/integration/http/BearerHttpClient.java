// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.http;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client with bearer tokens, to be used wherever an {@link HttpClient} is. What {@code send} throws
 * beyond its own exceptions is what the credential throws. After a challenge the body's publisher is subscribed to a
 * second time, which those of {@code BodyPublishers} allow. Web sockets get no token. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BearerHttpClient extends HttpClient {
    private final HttpClient client;
    private final BearerAuthorization authorization;

    /**
     * Puts tokens into the requests of a client.
     *
     * @param client sends the requests; it stays the caller's to close
     * @param authorization which token goes where
     * @throws IllegalArgumentException if the client follows redirects, for it would take the token along to any host
     */
    public BearerHttpClient(HttpClient client, BearerAuthorization authorization) {
        if (client.followRedirects() != Redirect.NEVER) {
            throw new IllegalArgumentException("the JDK's client takes the Authorization header along to whatever host"
                    + " it is redirected to; build it with followRedirects(Redirect.NEVER), which is the default");
        }
        this.client = client;
        this.authorization = Objects.requireNonNull(authorization);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        if (!needsToken(request)) {
            return client.send(request, handler);
        }
        HttpResponse<T> response = client.send(with(request, authorization.header(null)), unlessChallenged(handler));
        String claims = claims(response.statusCode(), response.headers());
        return claims == null ? response : client.send(with(request, authorization.header(claims)), handler);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return sendAsync(request, handler, null);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
        if (!needsToken(request)) {
            return client.sendAsync(request, handler, pushes);
        }
        return authorization
                .headerAsync(null)
                .thenCompose(header -> client.sendAsync(with(request, header), unlessChallenged(handler), pushes))
                .thenCompose(response -> {
                    String claims = claims(response.statusCode(), response.headers());
                    return claims == null
                            ? CompletableFuture.completedFuture(response)
                            : authorization
                                    .headerAsync(claims)
                                    .thenCompose(header -> client.sendAsync(with(request, header), handler, pushes));
                });
    }

    private boolean needsToken(HttpRequest request) {
        return request.headers().firstValue(BearerAuthorization.HEADER).isEmpty()
                && authorization.covers(request.uri());
    }

    private static HttpRequest with(HttpRequest request, String header) {
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .setHeader(BearerAuthorization.HEADER, header)
                .build();
    }

    /** The body of an answer that nobody will see is dropped, so that its connection serves the second try. */
    private static <T> BodyHandler<T> unlessChallenged(BodyHandler<T> handler) {
        return answer -> claims(answer.statusCode(), answer.headers()) == null
                ? handler.apply(answer)
                : BodySubscribers.mapping(BodySubscribers.discarding(), nothing -> null);
    }

    private static @Nullable String claims(int status, java.net.http.HttpHeaders headers) {
        return status == BearerAuthorization.UNAUTHORIZED
                ? ClaimsChallenge.claims(headers.allValues(BearerAuthorization.CHALLENGE_HEADER))
                : null;
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }

    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return client.newWebSocketBuilder();
    }
}
