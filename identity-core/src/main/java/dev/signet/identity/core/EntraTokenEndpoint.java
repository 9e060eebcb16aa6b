// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks Entra's token endpoint (OAuth 2.0, RFC 6749 section 3.2) and reads its answer: a token, or a failure with
 * AADSTS numbers, correlation id and a remedy. Sends {@code client-request-id}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class EntraTokenEndpoint {
    /** Tokens that live at least two hours are renewed at half their life, unless Entra says when. */
    private static final long LONG_LIFE_SECONDS = 7_200;

    private static final RetryPolicy RETRIES = StandardRetryPolicy.entra();

    private final String credentialName;
    private final ProviderContext context;
    private final HttpCalls calls;

    /**
     * Requests on behalf of a credential.
     *
     * @param credentialName for messages and tokens
     * @param context transport, clock and sleeper
     */
    public EntraTokenEndpoint(String credentialName, ProviderContext context) {
        this.credentialName = credentialName;
        this.context = context;
        this.calls = new HttpCalls(credentialName, context);
    }

    ProviderContext context() {
        return context;
    }

    /**
     * Starts a request with the headers that Entra expects.
     *
     * @param address the token endpoint
     * @param form the grant
     * @return a request that may be adjusted, for example its trust
     */
    public TransportRequest.Builder request(URI address, FormBody form) {
        return TransportRequest.post(address, FormBody.CONTENT_TYPE, form.bytes())
                .header("Accept", "application/json")
                .header("client-request-id", UUID.randomUUID().toString())
                .header("return-client-request-id", "true");
    }

    /**
     * Sends a request and reads its answer.
     *
     * @param request what {@link #request} started
     * @return a bearer token
     * @throws ClientAuthenticationException if Entra refused, did not answer or answered without a usable token
     */
    public AccessToken send(TransportRequest request) {
        Instant sent = context.clock().instant();
        return read(request, exchange(request, RETRIES), sent);
    }

    /**
     * Sends a request to the authority and leaves its answer to the caller.
     *
     * @param request to the token endpoint or another one of the same authority
     * @param policy what is retried
     * @return the last answer, whatever its status
     * @throws ClientAuthenticationException if Entra did not answer
     */
    public TransportResponse exchange(TransportRequest request, RetryPolicy policy) {
        try {
            return calls.send(request, policy);
        } catch (UncheckedIOException failure) {
            IOException cause = Objects.requireNonNull(failure.getCause());
            throw new ClientAuthenticationException(
                    FailureDetails.rejected(credentialName, endpoint(request) + " gave no answer: " + reason(cause))
                            .outcome(Outcome.TRANSIENT)
                            .correlationId(request.headers().get("client-request-id"))
                            .remedy("Check the network, the proxy settings and AZURE_AUTHORITY_HOST.")
                            .build(),
                    cause);
        }
    }

    /**
     * Reads the answer of the token endpoint.
     *
     * @param request what was sent
     * @param response what came back
     * @param sent when it was sent, from which moment on the token's life counts
     * @return a bearer token
     * @throws ClientAuthenticationException if Entra refused or answered without a usable token
     */
    public AccessToken read(TransportRequest request, TransportResponse response, Instant sent) {
        if (response.status() != 200) {
            throw refusal(request, response);
        }
        return token(request, response, sent);
    }

    /**
     * Reads the answer of another endpoint of the authority.
     *
     * @param request what was sent
     * @param response what came back
     * @return the object that it is
     * @throws ClientAuthenticationException if Entra refused or answered with something else than a JSON object
     */
    public JsonObject readObject(TransportRequest request, TransportResponse response) {
        if (response.status() != 200) {
            throw refusal(request, response);
        }
        Optional<JsonObject> body = JsonObject.parse(response.body());
        if (body.isEmpty()) {
            throw malformed(request, "its answer is not a JSON object");
        }
        return body.get();
    }

    private AccessToken token(TransportRequest request, TransportResponse response, Instant sent) {
        Optional<JsonObject> body = JsonObject.parse(response.body());
        if (body.isEmpty()) {
            throw malformed(request, "its answer is not a JSON object");
        }
        String token = body.get().string("access_token").orElse("");
        if (token.isEmpty()) {
            throw malformed(request, "its answer has no access_token");
        }
        String type = body.get().scalar("token_type").orElse(AccessToken.BEARER);
        if (!type.equalsIgnoreCase(AccessToken.BEARER)) {
            throw malformed(request, "its token has a type that was not asked for");
        }
        long seconds = seconds(body.get(), "expires_in");
        if (seconds <= 0) {
            throw malformed(request, "its answer has no usable expires_in");
        }
        AccessToken result;
        try {
            result = AccessToken.of(token, sent.plusSeconds(seconds), credentialName);
        } catch (IllegalArgumentException unprintable) {
            throw malformed(request, "its access_token has characters that no token has");
        }
        long refresh = seconds(body.get(), "refresh_in");
        if (refresh > 0 && refresh < seconds) {
            result = result.withRefreshOn(sent.plusSeconds(refresh));
        } else if (seconds >= LONG_LIFE_SECONDS) {
            result = result.withRefreshOn(sent.plusSeconds(seconds / 2));
        }
        return result;
    }

    /**
     * Makes the failure of an answer that is not a success.
     *
     * @param request what was sent
     * @param response what came back
     * @return the failure, with what the answer says and a remedy
     */
    public ClientAuthenticationException refusal(TransportRequest request, TransportResponse response) {
        ServerError error = ServerError.read(response);
        boolean transientStatus = response.status() == 408 || response.status() == 429 || response.status() >= 500;
        FailureDetails.Builder details =
                FailureDetails.rejected(credentialName, "Entra refused the request with " + error.summary());
        error.addTo(details)
                .outcome(transientStatus ? Outcome.TRANSIENT : Outcome.REJECTED)
                .retryAfter(calls.retryAfter(response).orElse(null));
        FailureDetails facts = details.build();
        if (facts.correlationId().isEmpty()) {
            details.correlationId(request.headers().get("client-request-id"));
        }
        String usual = transientStatus ? "Try again later." : "Look up what the code in the answer means.";
        details.remedy(EntraRemedies.remedy(facts.aadstsCodes()).orElse(usual));
        return new ClientAuthenticationException(details.build());
    }

    private ClientAuthenticationException malformed(TransportRequest request, String what) {
        return new ClientAuthenticationException(FailureDetails.rejected(
                        credentialName, endpoint(request) + " answered with HTTP 200, but " + what)
                .outcome(Outcome.TRANSIENT)
                .httpStatus(200)
                .correlationId(request.headers().get("client-request-id"))
                .remedy("Check that AZURE_AUTHORITY_HOST names a sign-in host and that no proxy answers in its place.")
                .build());
    }

    private static String endpoint(TransportRequest request) {
        String kind = request.uri().getPath().endsWith("/token") ? "the token endpoint at " : "the sign-in host ";
        return kind + request.uri().getRawAuthority();
    }

    private static String reason(IOException cause) {
        if (cause instanceof UnknownHostException) {
            return "its host name is unknown";
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : Redaction.quote(message);
    }

    private static long seconds(JsonObject body, String name) {
        String text = body.scalar(name).orElse("").strip();
        if (text.isEmpty() || text.length() > 9) {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        return Long.parseLong(text);
    }
}
