// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of answers that MSAL would make less of than they say. */
class AnswersTest extends EntraFixture {
    private static final AuthorizationCode CODE =
            AuthorizationCode.of(Secret.of("K"), URI.create("http://localhost:8400"));

    private ClientAuthenticationException failure(int status, String body) {
        return failure(builder().build(), status, body);
    }

    private ClientAuthenticationException failure(UserClient client, int status, String body) {
        for (int i = 0; i < 4; i++) {
            entra.next("token", status, body);
        }
        return assertThrows(ClientAuthenticationException.class, () -> client.redeem(CODE, REQUEST));
    }

    @Test
    void html_withStatus_keepsTheStatus() {
        ClientAuthenticationException failure = failure(502, "<html>Bad gateway</html>");

        assertEquals(
                "TestCredential: Entra refused the request with HTTP 502: <html>Bad gateway</html>. Try again later.",
                failure.getMessage());
        assertEquals(OptionalInt.of(502), failure.details().httpStatus());
        assertEquals(Outcome.TRANSIENT, failure.outcome());
        assertEquals(4, entra.requests().size());
    }

    @Test
    void emptyBody_withStatus_keepsTheStatus() {
        ClientAuthenticationException failure = failure(400, "");

        assertEquals(
                "TestCredential: Entra refused the request with HTTP 400. Look up what the code in the answer means.",
                failure.getMessage());
        assertEquals(1, entra.requests().size());
    }

    @Test
    void retryAfter_throttled_isExposed() {
        for (int i = 0; i < 2; i++) {
            entra.next("token", () -> ScriptedEntra.response(429, "{}", "Retry-After", "7"));
        }

        ClientAuthenticationException failure = assertThrows(
                ClientAuthenticationException.class, () -> builder().build().redeem(CODE, REQUEST));

        assertEquals(Optional.of(Duration.ofSeconds(7)), failure.details().retryAfter());
        assertEquals(Duration.ofSeconds(7), context.sleeper().total());
    }

    @Test
    void correlationId_serverSilent_isTheOneSent() {
        ClientAuthenticationException failure = failure(400, "{\"error\":\"x\"}");

        assertEquals(
                Optional.of(entra.last().headers().get("client-request-id")),
                failure.details().correlationId());
    }

    @Test
    void correlationId_eachCall_hasItsOwn() {
        UserClient client = builder().build();
        client.redeem(CODE, REQUEST);
        client.redeem(CODE, REQUEST);

        List<String> ids = entra.requests().stream()
                .map(request -> request.headers().get("client-request-id"))
                .distinct()
                .toList();
        assertEquals(2, ids.size());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        {"token_type":"Bearer","expires_in":5}                        | its answer has no access_token
        {"access_token":"a","token_type":"pop","expires_in":5}        | its token has a type that was not asked for
        {"access_token":"a","token_type":"Bearer"}                    | its answer has no usable expires_in
        <html>                                                        | its answer is not a JSON object
        """)
    void success_withoutUsableToken_isTransient(String body, String what) {
        ClientAuthenticationException failure = failure(200, body);

        assertEquals(
                "TestCredential: the token endpoint at login.microsoftonline.com answered with HTTP 200, but " + what
                        + ". Check that"
                        + " AZURE_AUTHORITY_HOST names a sign-in host and that no proxy answers in its place.",
                failure.getMessage());
        assertEquals(Outcome.TRANSIENT, failure.outcome());
    }

    @Test
    void success_withoutUser_isTransient() {
        ClientAuthenticationException failure =
                failure(200, "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":3599}");

        assertEquals(
                "TestCredential: the answer with the token does not say whose it is. Check that AZURE_AUTHORITY_HOST names a"
                        + " sign-in host of Entra.",
                failure.getMessage());
        assertEquals(Outcome.TRANSIENT, failure.outcome());
    }

    @ParameterizedTest
    @CsvSource({
        "x.y.z,                         e30",
        "eyJhbGciOiJub25lIn0.e30.sig,   %%%",
        "eyJhbGciOiJub25lIn0.e30.sig,   ZXhw",
        "eyJhbGciOiJub25lIn0.e30.sig,   e30",
        "only-one-part,                 e30",
        "eyJhbGciOiJub25lIn0.ZXhw.sig,  e30"
    })
    void success_withUnreadableUser_isTransient(String idToken, String clientInfo) {
        ClientAuthenticationException failure = failure(
                200,
                "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":3599,\"id_token\":\"" + idToken
                        + "\",\"client_info\":\"" + clientInfo + "\"}");

        assertEquals(
                "TestCredential: the answer with the token does not say whose it is. Check that AZURE_AUTHORITY_HOST names a"
                        + " sign-in host of Entra.",
                failure.getMessage());
    }

    @Test
    void success_thatMsalCannotUse_isTransientWithoutCause() {
        ClientAuthenticationException failure =
                failure(200, ScriptedEntra.tokenBody("at", 3599, ",\"refresh_in\":\"soon\""));

        assertEquals(
                "TestCredential: MSAL could not make use of the answer: NumberFormatException. Try again; if it stays so,"
                        + " report it with the log at level debug.",
                failure.getMessage());
        assertEquals(Outcome.TRANSIENT, failure.outcome());
        assertNull(failure.getCause());
    }
}
