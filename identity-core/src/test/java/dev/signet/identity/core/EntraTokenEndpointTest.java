// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.spi.HttpTransport;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntraTokenEndpointTest {
    private static final URI ADDRESS = URI.create("https://login.example/t/oauth2/v2.0/token");

    private final TestContexts contexts = new TestContexts();

    private AccessToken answer(int status, String body) {
        return send(request -> new TransportResponse(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    private AccessToken send(HttpTransport transport) {
        EntraTokenEndpoint endpoint = new EntraTokenEndpoint("Test", contexts.with(transport));
        return endpoint.send(
                endpoint.request(ADDRESS, new FormBody().add("a", "b")).build());
    }

    private ClientAuthenticationException refused(int status, String body) {
        return assertThrows(ClientAuthenticationException.class, () -> answer(status, body));
    }

    @Test
    void send_success_givesABearerTokenFromTheMomentOfSending() {
        AccessToken token = send(request -> {
            assertEquals("POST", request.method());
            assertEquals("a=b", new String(request.body(), StandardCharsets.US_ASCII));
            assertEquals("application/x-www-form-urlencoded", request.headers().get("Content-Type"));
            assertEquals("application/json", request.headers().get("Accept"));
            assertEquals(36, request.headers().get("client-request-id").length());
            contexts.advance(Duration.ofSeconds(5));
            return new TransportResponse(
                    200,
                    Map.of(),
                    "{\"token_type\":\"bearer\",\"expires_in\":\"3600\",\"refresh_in\":1800,\"access_token\":\"AT\"}"
                            .getBytes(StandardCharsets.UTF_8));
        });
        assertEquals("AT", token.token());
        assertEquals("Bearer", token.tokenType());
        assertEquals(contexts.instant().plusSeconds(3595), token.expiresOn());
        assertEquals(Optional.of(contexts.instant().plusSeconds(1795)), token.refreshOn());
        assertEquals("Test", token.credentialName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3600", "4000", "-1", "\"x\"", "null", "1e3"})
    void send_refreshInOutsideTheLifetime_isNoAdvice(String refreshIn) {
        AccessToken token =
                answer(200, "{\"access_token\":\"AT\",\"expires_in\":3600,\"refresh_in\":" + refreshIn + "}");
        assertEquals(Optional.empty(), token.refreshOn());
    }

    @ParameterizedTest(name = "{0} s: renewed after {1} s")
    @CsvSource({"7199, ", "7200, 3600", "86400, 43200"})
    void send_longLifeWithoutAdvice_isRenewedAtHalf(long lifetime, Long renewal) {
        AccessToken token = answer(200, "{\"access_token\":\"AT\",\"expires_in\":" + lifetime + "}");
        assertEquals(Optional.ofNullable(renewal).map(contexts.instant()::plusSeconds), token.refreshOn());
    }

    @ParameterizedTest(name = "Retry-After {0}: {1} requests")
    @CsvSource({"2, 2", "60, 2", "61, 1", "3600, 1"})
    void send_throttled_waitsOnceUpToAMinuteAndTellsHowLong(int seconds, int requests) {
        AtomicInteger sent = new AtomicInteger();
        ClientAuthenticationException failure = assertThrows(
                ClientAuthenticationException.class,
                () -> send(request -> {
                    sent.incrementAndGet();
                    return new TransportResponse(429, Map.of("Retry-After", Integer.toString(seconds)), new byte[0]);
                }));
        assertEquals(requests, sent.get());
        assertEquals(Optional.of(Duration.ofSeconds(seconds)), failure.details().retryAfter());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|its answer is not a JSON object",
                "<html>canary</html>|its answer is not a JSON object",
                "null|its answer is not a JSON object",
                "[]|its answer is not a JSON object",
                "{\"access_token\":\"canary\"|its answer is not a JSON object",
                "{}|its answer has no access_token",
                "{\"access_token\":\"\"}|its answer has no access_token",
                "{\"access_token\":null}|its answer has no access_token",
                "{\"access_token\":5,\"expires_in\":5}|its answer has no access_token",
                "{\"access_token\":{\"a\":1}}|its answer has no access_token",
                "{\"access_token\":\"canary\"}|its answer has no usable expires_in",
                "{\"access_token\":\"canary\",\"expires_in\":0}|its answer has no usable expires_in",
                "{\"access_token\":\"canary\",\"expires_in\":-5}|its answer has no usable expires_in",
                "{\"access_token\":\"canary\",\"expires_in\":\"x\"}|its answer has no usable expires_in",
                "{\"access_token\":\"canary\",\"expires_in\":12345678901}|its answer has no usable expires_in",
                "{\"access_token\":\"canary\\r\\nX: y\",\"expires_in\":5}|its access_token has characters that no token has",
                "{\"access_token\":\"canary\",\"expires_in\":5,\"token_type\":\"pop\"}|its token has a type that was not asked for",
                "{\"access_token\":\"canary\",\"expires_in\":5,\"token_type\":7}|its token has a type that was not asked for",
            })
    void send_malformedSuccess_isTransientAndShowsNoToken(String body, String problem) {
        ClientAuthenticationException failure = refused(200, body);
        assertEquals(
                "Test: the token endpoint at login.example answered with HTTP 200, but " + problem + ". Check that"
                        + " AZURE_AUTHORITY_HOST names a sign-in host and that no proxy answers in its place.",
                failure.getMessage());
        assertEquals(Outcome.TRANSIENT, failure.outcome());
        assertEquals(OptionalInt.of(200), failure.details().httpStatus());
    }

    @Test
    void send_refused_carriesTheFactsAndARemedy() {
        ClientAuthenticationException failure = refused(
                401,
                "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret."
                        + " Trace ID: tr Correlation ID: co\",\"error_codes\":[7000215],\"timestamp\":\"2026\","
                        + "\"trace_id\":\"tr\",\"correlation_id\":\"co\",\"suberror\":\"bad_token\","
                        + "\"claims\":\"{\\\"a\\\":1}\"}");
        assertEquals(
                "Test: Entra refused the request with HTTP 401 (invalid_client): AADSTS7000215: Invalid client secret."
                        + " Trace ID: tr Correlation ID: co. Use the value of the client secret, not its id.",
                failure.getMessage());
        assertEquals(Outcome.REJECTED, failure.outcome());
        assertEquals(OptionalInt.of(401), failure.details().httpStatus());
        assertEquals(Optional.of("invalid_client"), failure.details().errorCode());
        assertEquals(List.of(7000215), failure.details().aadstsCodes());
        assertEquals(Optional.of("co"), failure.details().correlationId());
        assertEquals(Optional.of("tr"), failure.details().traceId());
        assertEquals(Optional.of("2026"), failure.details().timestamp());
        assertEquals(Optional.of("bad_token"), failure.details().suberror());
        assertEquals(Optional.of("{\"a\":1}"), failure.details().claims());
        assertEquals(true, failure.details().responseBody().orElseThrow().startsWith("{\"error\":\"invalid_client\""));
    }

    @ParameterizedTest
    @CsvSource({"400, REJECTED", "403, REJECTED", "302, REJECTED", "429, TRANSIENT", "500, TRANSIENT", "501, TRANSIENT"
    })
    void send_status_decidesTheOutcome(int status, Outcome outcome) {
        ClientAuthenticationException failure = refused(status, "");
        assertEquals(outcome, failure.outcome());
        String remedy =
                outcome == Outcome.TRANSIENT ? "Try again later." : "Look up what the code in the answer means.";
        assertEquals("Test: Entra refused the request with HTTP " + status + ". " + remedy, failure.getMessage());
        assertEquals(36, failure.details().correlationId().orElseThrow().length());
    }

    @Test
    void send_noAnswer_namesTheHostAndTheCause() {
        assertNoAnswer(new ConnectException("Connection refused"), "Connection refused");
        assertNoAnswer(new UnknownHostException("login.example"), "its host name is unknown");
        assertNoAnswer(new IOException((String) null), "IOException");
        assertNoAnswer(new IOException("a\r\nb"), "a b");
    }

    private void assertNoAnswer(IOException cause, String reason) {
        ClientAuthenticationException failure = assertThrows(
                ClientAuthenticationException.class,
                () -> send(request -> {
                    throw new UncheckedIOException(cause);
                }));
        assertEquals(
                "Test: the token endpoint at login.example gave no answer: " + reason
                        + ". Check the network, the proxy settings and AZURE_AUTHORITY_HOST.",
                failure.getMessage());
        assertEquals(Outcome.TRANSIENT, failure.outcome());
        assertSame(cause, failure.getCause());
        assertFalse(failure.details().correlationId().isEmpty());
    }

    @Test
    void exchange_otherEndpointLost_namesTheHost() {
        EntraTokenEndpoint endpoint = new EntraTokenEndpoint("Test", contexts.with((HttpTransport) request -> {
            throw new UncheckedIOException(new ConnectException("Connection refused"));
        }));
        TransportRequest request = TransportRequest.get(URI.create("https://login.example/t/oauth2/v2.0/devicecode"))
                .build();

        ClientAuthenticationException failure = assertThrows(
                ClientAuthenticationException.class,
                () -> endpoint.exchange(request, StandardRetryPolicy.of(new int[0])));

        assertEquals(
                "Test: the sign-in host login.example gave no answer: Connection refused. Check the network, the proxy"
                        + " settings and AZURE_AUTHORITY_HOST.",
                failure.getMessage());
    }

    @Test
    void exchange_refused_isLeftToTheCaller() {
        EntraTokenEndpoint endpoint = new EntraTokenEndpoint(
                "Test", contexts.with((HttpTransport) request -> new TransportResponse(400, Map.of(), new byte[0])));
        TransportRequest request = endpoint.request(ADDRESS, new FormBody()).build();

        TransportResponse answer = endpoint.exchange(request, StandardRetryPolicy.entra());

        assertEquals(400, answer.status());
        ClientAuthenticationException refusal = endpoint.refusal(request, answer);
        assertEquals(
                "Test: Entra refused the request with HTTP 400. Look up what the code in the answer means.",
                refusal.getMessage());
    }

    @Test
    void readObject_notAnObject_isTransient() {
        EntraTokenEndpoint endpoint =
                new EntraTokenEndpoint("Test", contexts.builder().build());
        TransportRequest request = TransportRequest.get(URI.create("https://login.example/common/x"))
                .build();
        byte[] html = "<html>".getBytes(StandardCharsets.UTF_8);

        ClientAuthenticationException failure = assertThrows(
                ClientAuthenticationException.class,
                () -> endpoint.readObject(request, new TransportResponse(200, Map.of(), html)));

        assertEquals(
                "Test: the sign-in host login.example answered with HTTP 200, but its answer is not a JSON object. Check that"
                        + " AZURE_AUTHORITY_HOST names a sign-in host and that no proxy answers in its place.",
                failure.getMessage());
        assertEquals(Outcome.TRANSIENT, failure.outcome());
    }

    @Test
    void request_everyCall_hasAnIdOfItsOwn() {
        EntraTokenEndpoint endpoint =
                new EntraTokenEndpoint("Test", contexts.builder().build());
        TransportRequest one = endpoint.request(ADDRESS, new FormBody()).build();
        TransportRequest two = endpoint.request(ADDRESS, new FormBody()).build();
        assertFalse(one.headers().get("client-request-id").equals(two.headers().get("client-request-id")));
    }
}
