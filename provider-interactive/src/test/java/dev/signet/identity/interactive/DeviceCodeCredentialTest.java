// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.msal.AuthenticationRecord;
import dev.signet.identity.msal.DeviceCodeInfo;
import dev.signet.identity.msal.UserClient;
import dev.signet.identity.testkit.EmbeddedAuthority;
import dev.signet.identity.testkit.RecordedRequest;
import dev.signet.identity.testkit.Reply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows DC01 to DC09. */
class DeviceCodeCredentialTest extends UserFixture {
    private static final String PENDING =
            "{\"error\":\"authorization_pending\",\"error_description\":\"AADSTS70016: wait\","
                    + "\"error_codes\":[70016]}";

    private final List<DeviceCodeInfo> told = new ArrayList<>();
    private final PrintStream output = System.out;
    private final PrintStream errors = System.err;

    @AfterEach
    void restoreStreams() {
        System.setOut(output);
        System.setErr(errors);
    }

    private DeviceCodeCredential.Builder device() {
        return DeviceCodeCredential.builder().context(context).prompt(told::add);
    }

    /** A user who is quick. */
    private DeviceCodeCredential.Builder approved() {
        return device().prompt(info -> {
            told.add(info);
            authority.signIns().approveDevice(info.userCode(), alice);
        });
    }

    private ClientAuthenticationException failure(DeviceCodeCredential credential) {
        return assertThrows(ClientAuthenticationException.class, () -> credential.getToken(REQUEST));
    }

    @Test
    @DisplayName("DC01 defaults: device code, prompt, poll")
    void getToken_userApproves_givesAToken() {
        Instant start = cloud.clock().instant();

        AccessToken token = approved().build().getToken(REQUEST);

        assertAlice(token);
        assertEquals("DeviceCodeCredential", token.credentialName());
        RecordedRequest asked = authority.metadata().requests().stream()
                .filter(request -> request.path().endsWith("/devicecode"))
                .findFirst()
                .orElseThrow();
        assertEquals("/organizations/oauth2/v2.0/devicecode", asked.path());
        assertEquals(
                new TreeMap<>(Map.of("client_id", UserClient.DEVELOPER_SIGN_ON, "scope", "*")), form(asked, "scope"));
        assertEquals(words(OPEN_ID + SCOPE), words(asked.form("scope").orElseThrow()));
        assertEquals("/organizations/oauth2/v2.0/token", lastRequest().path());
        assertEquals(
                new TreeMap<>(Map.of(
                        "grant_type",
                        "device_code",
                        "device_code",
                        "*",
                        "client_id",
                        UserClient.DEVELOPER_SIGN_ON,
                        "scope",
                        "*",
                        "client_info",
                        "1")),
                form(lastRequest(), "device_code", "scope"));
        DeviceCodeInfo info = told.get(0);
        assertTrue(info.userCode().matches("[A-Z0-9]{8,9}"), info.userCode());
        assertEquals(authority.uri() + "devicelogin", info.verificationUri());
        assertEquals(start.plusSeconds(900), info.expiresOn());
        assertEquals(Duration.ofSeconds(5), info.interval());
        assertFalse(info.message().contains(lastRequest().form("device_code").orElseThrow()), info.message());
        assertEquals(List.of(Duration.ofSeconds(5)), context.sleeper().sleeps());
    }

    @Test
    void getToken_again_isCachedThenRefreshed() {
        DeviceCodeCredential credential = approved().build();
        AccessToken first = credential.getToken(REQUEST);
        assertSame(first, credential.getToken(REQUEST));
        assertAlice(credential.asChainMember().getToken(REQUEST));
        assertAlice(credential.getTokenAsync(OTHER_REQUEST).join());
        cloud.clock().advance(Duration.ofHours(2));

        assertAlice(credential.getToken(REQUEST));

        assertEquals(1, told.size());
        assertEquals(List.of("device_code", "refresh_token", "refresh_token"), grants());
    }

    @Test
    @DisplayName("DC02 pending twice: three polls, an interval apart")
    void getToken_pendingTwice_asksAgainAfterEachInterval() {
        authority.enqueue(Reply.json(400, PENDING), Reply.json(400, PENDING));

        assertAlice(approved().build().getToken(REQUEST));

        assertEquals(3, authority.requests().size());
        assertEquals(
                List.of(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5)),
                context.sleeper().sleeps());
    }

    @Test
    @DisplayName("DC03 slow_down: five seconds more from then on")
    void getToken_slowDown_asksLessOften() {
        authority.enqueue(Reply.json(400, "{\"error\":\"slow_down\"}"), Reply.json(400, PENDING));

        assertAlice(approved().build().getToken(REQUEST));

        assertEquals(
                List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10)),
                context.sleeper().sleeps());
    }

    @ParameterizedTest(name = "DC04 {0}")
    @CsvSource({
        "authorization_declined, 70017",
        "bad_verification_code, 70018",
        "expired_token, 70019",
        "expired_token, 70020"
    })
    void getToken_refused_stopsWithTheCode(String error, int code) {
        authority.enqueue(Reply.json(
                400,
                "{\"error\":\"" + error + "\",\"error_description\":\"AADSTS" + code + ": no\",\"error_codes\":[" + code
                        + "]}"));

        ClientAuthenticationException failure = failure(approved().build());

        assertEquals(Optional.of(error), failure.details().errorCode());
        assertEquals(List.of(code), failure.details().aadstsCodes());
        assertEquals(1, authority.requests().size());
    }

    @Test
    @DisplayName("DC04 the user declines")
    void getToken_userDeclines_isRefused() {
        DeviceCodeCredential credential = device().prompt(
                        info -> authority.signIns().declineDevice(info.userCode()))
                .build();

        assertEquals(
                Optional.of("authorization_declined"),
                failure(credential).details().errorCode());
    }

    @Test
    @DisplayName("DC05 never approved: asked until it expires")
    void getToken_neverApproved_expires() {
        authority
                .metadata()
                .enqueue(Reply.json(
                        200,
                        "{\"device_code\":\"d\",\"user_code\":\"U\",\"verification_uri\":\"https://x/d\",\"expires_in\":10,"
                                + "\"interval\":5,\"message\":\"m\"}"));
        authority.always(Reply.json(400, PENDING));
        cloud.allowViolations();

        ClientAuthenticationException failure = failure(device().build());

        assertEquals(
                "DeviceCodeCredential: the device code expired before the user had signed in. Start again and enter the"
                        + " code sooner.",
                failure.getMessage());
        assertTrue(context.sleeper().total().compareTo(Duration.ofSeconds(10)) <= 0, context.sleeper()::toString);
    }

    @Test
    @DisplayName("DC06 not a public client: hint")
    void getToken_noPublicClient_isRefusedWithAHint() {
        authority
                .metadata()
                .enqueue(
                        Reply.json(
                                401,
                                "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000218: no\",\"error_codes\":[7000218]}"));

        ClientAuthenticationException failure = failure(device().build());

        assertEquals(List.of(7000218), failure.details().aadstsCodes());
        assertTrue(
                failure.getMessage().contains("Allow public client flows for the application"), failure.getMessage());
        assertTrue(told.isEmpty());
        assertTrue(authority.requests().isEmpty());
    }

    @Test
    @DisplayName("DC07 an error with HTTP 200: no prompt")
    void getToken_errorWithStatus200_isRefusedWithoutPrompt() {
        authority
                .metadata()
                .enqueue(Reply.json(200, "{\"error\":\"invalid_scope\",\"error_description\":\"AADSTS70011: no\"}"));

        ClientAuthenticationException failure = failure(device().build());

        assertEquals(List.of(70011), failure.details().aadstsCodes());
        assertTrue(told.isEmpty());
        assertTrue(authority.requests().isEmpty());
    }

    @Test
    @DisplayName("DC08 the prompt throws: refused with that cause")
    void getToken_promptThrows_isRefusedWithTheCause() {
        IllegalStateException broken = new IllegalStateException("no screen");
        DeviceCodeCredential credential = device().prompt(info -> {
                    throw broken;
                })
                .build();

        ClientAuthenticationException failure = failure(credential);

        assertSame(broken, failure.getCause());
        assertTrue(authority.requests().isEmpty());
    }

    @ParameterizedTest(name = "DC09 {0}")
    @ValueSource(strings = {"stdout", "stderr"})
    void getToken_defaultPrompt_printsTheMessageOnce(String where) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        if (where.equals("stderr")) {
            System.setErr(stream);
        } else {
            System.setOut(stream);
        }
        context.setting("promptTo", where);
        authority
                .metadata()
                .enqueue(Reply.json(
                        200,
                        "{\"device_code\":\"d\",\"user_code\":\"U\",\"verification_uri\":\"https://x/d\",\"expires_in\":10,"
                                + "\"interval\":5,\"message\":\"Go to https://x/d and enter U\"}"));
        authority.always(Reply.json(400, PENDING));
        cloud.allowViolations();

        failure(DeviceCodeCredential.builder().context(context).build());

        assertEquals(
                "Go to https://x/d and enter U" + System.lineSeparator(), printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void getToken_promptsDisabled_needsAuthentication() {
        DeviceCodeCredential credential =
                approved().disableAutomaticAuthentication().build();
        AuthenticationRequiredException needed =
                assertThrows(AuthenticationRequiredException.class, () -> credential.getToken(REQUEST));

        AuthenticationRecord record = credential.authenticate(needed.request());

        assertEquals(alice.userName(), record.userName());
        assertAlice(credential.getToken(REQUEST));
        assertEquals(1, told.size());
    }

    @Test
    void authenticate_withoutRequestAtAnUnknownHost_needsAScope() {
        CredentialUnavailableException failure =
                assertThrows(CredentialUnavailableException.class, device().build()::authenticate);

        assertEquals(
                "DeviceCodeCredential: which scope to sign in for is not known for the authority host localhost. Call"
                        + " authenticate with a request that names a scope.",
                failure.getMessage());
    }

    @Test
    void authenticate_anotherUser_replacesTheFirst() {
        DeviceCodeCredential credential = approved().build();
        credential.getToken(REQUEST);
        credential.clearCache();
        DeviceCodeCredential second = device().prompt(
                        info -> authority.signIns().approveDevice(info.userCode(), bob))
                .authenticationRecord(credential.authenticate(REQUEST))
                .build();

        second.authenticate(REQUEST);

        assertUser(bob, EmbeddedAuthority.DEFAULT_TENANT, second.getToken(REQUEST));
    }

    @Test
    void getToken_settings_areSent() {
        AccessToken token = approved()
                .clientId(UserClient.DEVELOPER_SIGN_ON)
                .tenantId(EmbeddedAuthority.DEFAULT_TENANT)
                .additionallyAllowedTenants(List.of(OTHER_TENANT))
                .authorityHost(authority.uri().toString())
                .build()
                .getToken(REQUEST.withTenantId(OTHER_TENANT).withCaeEnabled(true));

        assertUser(alice, OTHER_TENANT, token);
        assertEquals("/" + OTHER_TENANT + "/oauth2/v2.0/token", lastRequest().path());
        assertEquals(Optional.of(CAPABILITIES), lastRequest().form("claims"));
    }

    @Test
    void getToken_entraIsDownWhilePolling_goesOn() {
        authority.enqueue(Reply.status(503), Reply.status(503), Reply.status(503), Reply.status(503), Reply.reset());

        assertAlice(approved().build().getToken(REQUEST));

        assertEquals(6, authority.requests().size());
    }

    @Test
    void toString_isTheName() {
        assertEquals("DeviceCodeCredential", device().build().toString());
    }
}
