// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceCodeTest extends EntraFixture {
    private static final String DEVICE_ADDRESS =
            "https://login.microsoftonline.com/organizations/oauth2/v2.0/devicecode";

    private final UserClient client = builder().build();
    private final List<DeviceCodeInfo> prompts = new ArrayList<>();

    private UserToken signIn() {
        return client.deviceCode(prompts::add, REQUEST);
    }

    private ClientAuthenticationException failure() {
        return assertThrows(ClientAuthenticationException.class, this::signIn);
    }

    @Test
    @DisplayName("DC01 defaults")
    void deviceCode_approved_givesAToken() {
        Instant start = context.clock().instant();

        UserToken token = signIn();

        assertEquals("at1", token.token().token());
        assertEquals(context.clock().instant().plusSeconds(3599), token.token().expiresOn());
        assertEquals(ScriptedEntra.HOME, token.account().homeAccountId());
        assertEquals(List.of("POST " + DEVICE_ADDRESS, "POST " + TOKEN_ADDRESS), entra.addresses());
        Map<String, String> asked = ScriptedEntra.form(entra.requests().get(0));
        assertEquals(words("openid profile offline_access " + SCOPE), words(asked.remove("scope")));
        assertEquals(Map.of("client_id", CLIENT_ID), asked);
        Map<String, String> form = entra.form();
        form.remove("scope");
        assertEquals(
                Map.of(
                        "grant_type", "device_code",
                        "device_code", "dev-1",
                        "client_id", CLIENT_ID,
                        "client_info", "1"),
                form);
        assertEquals(1, prompts.size());
        DeviceCodeInfo prompt = prompts.get(0);
        assertEquals("ABCD", prompt.userCode());
        assertEquals("https://x/dl", prompt.verificationUri());
        assertEquals(Optional.empty(), prompt.verificationUriComplete());
        assertEquals(start.plusSeconds(900), prompt.expiresOn());
        assertEquals(Duration.ofSeconds(5), prompt.interval());
        assertEquals("Go to https://x/dl, enter ABCD.", prompt.message());
        assertEquals(List.of(Duration.ofSeconds(5)), context.sleeper().sleeps());
    }

    @Test
    @DisplayName("DC02 pending twice")
    void deviceCode_pending_asksOn() {
        entra.nextError("authorization_pending", 70016).nextError("authorization_pending", 70016);

        assertEquals("at1", signIn().token().token());

        assertEquals(4, entra.requests().size());
        assertEquals(
                List.of(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5)),
                context.sleeper().sleeps());
    }

    @Test
    @DisplayName("DC03 slow down")
    void deviceCode_slowDown_asksLessOften() {
        entra.nextError("slow_down", 0).nextError("authorization_pending", 70016);

        assertEquals("at1", signIn().token().token());

        assertEquals(
                List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10)),
                context.sleeper().sleeps());
    }

    @ParameterizedTest(name = "DC04 {0}")
    @CsvSource(delimiter = '|', textBlock = """
        authorization_declined | 0     | The user declined to sign in: start again, or use another credential.
        bad_verification_code  | 70018 | Look up what the code in the answer means.
        expired_token          | 70019 | The device code has expired: start again and enter it sooner.
        invalid_client         | 7000218 | Allow public client flows for the application, or give its client secret.
        """)
    void deviceCode_refused_stops(String error, int code, String remedy) {
        entra.nextError(error, code);

        ClientAuthenticationException failure = failure();

        assertEquals(
                "TestCredential: Entra refused the request with HTTP 400 (" + error + "): AADSTS" + code
                        + ": no. Trace ID: t-1 Correlation ID: c-1. " + remedy,
                failure.getMessage());
        assertEquals(Optional.of(error), failure.details().errorCode());
        assertEquals(Outcome.REJECTED, failure.outcome());
        assertEquals(2, entra.requests().size());
    }

    @Test
    @DisplayName("DC05 never approved")
    void deviceCode_neverApproved_expires() {
        entra.next(
                "devicecode",
                200,
                "{\"device_code\":\"d\",\"user_code\":\"u\",\"verification_uri\":\"https://x\",\"expires_in\":10,"
                        + "\"interval\":3,\"message\":\"m\"}");
        for (int i = 0; i < 9; i++) {
            entra.nextError("authorization_pending", 70016);
        }

        ClientAuthenticationException failure = failure();

        assertEquals(
                "TestCredential: the device code expired before the user had signed in. Start again and enter the code"
                        + " sooner.",
                failure.getMessage());
        assertEquals(Duration.ofSeconds(9), context.sleeper().total());
        assertEquals(4, entra.requests().size());
    }

    @Test
    @DisplayName("DC06 not a public client")
    void deviceEndpoint_refuses_isRefused() {
        entra.next("devicecode", 400, ScriptedEntra.error("invalid_client", 7000218, ""));

        ClientAuthenticationException failure = failure();

        assertTrue(
                failure.getMessage()
                        .endsWith(" Allow public client flows for the application, or give its client secret."),
                failure.getMessage());
        assertEquals(1, entra.requests().size());
        assertEquals(List.of(), prompts);
    }

    @Test
    @DisplayName("DC07 an error with HTTP 200")
    void deviceEndpoint_errorWith200_isRefused() {
        entra.next("devicecode", 200, ScriptedEntra.error("invalid_client", 7000218, ""));

        ClientAuthenticationException failure = failure();

        assertEquals(
                "TestCredential: Entra refused the request with HTTP 200 (invalid_client): AADSTS7000218: no. Trace ID:"
                        + " t-1 Correlation ID: c-1. Allow public client flows for the application, or give its client"
                        + " secret.",
                failure.getMessage());
        assertEquals(List.of(), prompts);
        assertEquals(1, entra.requests().size());
    }

    @Test
    @DisplayName("DC08 the callback throws")
    void deviceCode_promptFails_isTheEnd() {
        IllegalStateException broken = new IllegalStateException("no display");

        ClientAuthenticationException failure = assertThrows(
                ClientAuthenticationException.class,
                () -> client.deviceCode(
                        prompt -> {
                            throw broken;
                        },
                        REQUEST));

        assertEquals(
                "TestCredential: the user could not be told the device code. Mend the prompt callback; its exception is the"
                        + " cause.",
                failure.getMessage());
        assertSame(broken, failure.getCause());
        assertEquals(1, entra.requests().size());
    }

    @Test
    void deviceCode_serverBusyAndConnectionLost_asksOn() {
        entra.next("token", ScriptedEntra.lost(new IOException("reset")))
                .next("token", 503, "")
                .next("token", () -> ScriptedEntra.response(429, "", "Retry-After", "8"));

        assertEquals("at1", signIn().token().token());

        assertEquals(
                List.of(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(8)),
                context.sleeper().sleeps());
    }

    @Test
    void deviceCode_claims_areSentWithEachQuestion() {
        entra.nextError("authorization_pending", 70016);

        client.deviceCode(prompts::add, REQUEST.withCaeEnabled(true));

        String claims = "{\"access_token\":{\"xms_cc\":{\"values\":[\"CP1\"]}}}";
        assertEquals(claims, ScriptedEntra.form(entra.requests().get(1)).get("claims"));
        assertEquals(claims, entra.form().get("claims"));
    }

    @Test
    void deviceCode_answerWithoutInterval_hasDefaults() {
        Instant start = context.clock().instant();
        entra.next(
                "devicecode",
                200,
                "{\"device_code\":\"d\",\"user_code\":\"u\",\"verification_uri\":\"https://x\",\"verification_uri_complete\":"
                        + "\"https://x?c=u\"}");
        try {
            signIn();
        } catch (ClientAuthenticationException msalCannotReadIt) {
            // what matters here is what the user was told
        }

        assertEquals(Duration.ofSeconds(5), prompts.get(0).interval());
        assertEquals(start.plusSeconds(1800), prompts.get(0).expiresOn());
        assertEquals(
                "To sign in, open https://x in a browser and enter the code u.",
                prompts.get(0).message());
        assertEquals(Optional.of("https://x?c=u"), prompts.get(0).verificationUriComplete());
    }

    @Test
    void toString_prompt_hidesTheCode() {
        signIn();

        assertFalse(prompts.get(0).toString().contains("ABCD"));
    }

    @Test
    void deviceCode_interrupted_isCancelled() {
        Thread.currentThread().interrupt();

        ClientAuthenticationException failure = failure();

        assertTrue(Thread.interrupted());
        assertEquals(Outcome.CANCELLED, failure.outcome());
        assertEquals("TestCredential: interrupted while waiting for the user to sign in.", failure.getMessage());
        assertTrue(failure.getCause() instanceof CancellationException);
    }
}
