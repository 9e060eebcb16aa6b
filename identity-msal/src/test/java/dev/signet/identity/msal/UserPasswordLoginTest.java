// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserPasswordLoginTest extends EntraFixture {
    private static final String REALM =
            "GET https://login.microsoftonline.com/common/userrealm/maria@contoso.com?api-version=1.0";

    private UserPasswordLogin login() {
        return new UserPasswordLogin(builder().build(), ScriptedEntra.USER, Secret.of("pass+word &1"));
    }

    @Test
    @DisplayName("UP01 managed user")
    void fetch_managedUser_sendsThePassword() {
        AccessToken token = login().fetch(REQUEST, null);

        assertEquals("at1", token.token());
        assertEquals(NAME, token.credentialName());
        assertEquals(context.clock().instant().plusSeconds(3599), token.expiresOn());
        assertEquals(List.of(REALM, "POST " + TOKEN_ADDRESS), entra.addresses());
        Map<String, String> form = entra.form();
        assertEquals(words("openid profile offline_access " + SCOPE), words(form.remove("scope")));
        assertEquals(
                Map.of(
                        "grant_type", "password",
                        "username", ScriptedEntra.USER,
                        "password", "pass+word &1",
                        "client_id", CLIENT_ID,
                        "client_info", "1"),
                form);
    }

    @Test
    @DisplayName("UP01 later silent")
    void fetch_again_isSilent() {
        entra.next("token", 200, ScriptedEntra.tokenBody("short", 250, ""));
        UserPasswordLogin login = login();
        login.fetch(REQUEST, null);

        assertEquals("at1", login.fetch(REQUEST, null).token());

        assertEquals(3, entra.requests().size());
        assertEquals("refresh_token", entra.form().get("grant_type"));
        assertEquals("rt-short", entra.form().get("refresh_token"));
    }

    @Test
    void fetch_againWhileFresh_asksNobody() {
        UserPasswordLogin login = login();
        AccessToken first = login.fetch(REQUEST, null);

        assertEquals(first.token(), login.fetch(REQUEST, null).token());

        assertEquals(2, entra.requests().size());
    }

    @Test
    @DisplayName("UP02 second factor needed")
    void fetch_secondFactorNeeded_isRefusedWithClaims() {
        entra.next(
                "token",
                400,
                ScriptedEntra.error(
                        "interaction_required",
                        50076,
                        ",\"suberror\":\"basic_action\"," + "\"claims\":\"{\\\"access_token\\\":{\\\"x\\\":1}}\""));

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> login().fetch(REQUEST, null));

        assertFalse(failure instanceof AuthenticationRequiredException, "a chain must stop");
        assertEquals(
                "TestCredential: Entra refused the request with HTTP 400 (interaction_required): AADSTS50076: no. Trace"
                        + " ID: t-1 Correlation ID: c-1. Sign in with a second factor.",
                failure.getMessage());
        assertEquals(Outcome.REJECTED, failure.outcome());
        assertEquals(List.of(50076), failure.details().aadstsCodes());
        assertEquals(Optional.of("basic_action"), failure.details().suberror());
        assertEquals(
                Optional.of("{\"access_token\":{\"x\":1}}"), failure.details().claims());
        assertEquals(Optional.of("c-1"), failure.details().correlationId());
        assertEquals(Optional.of("t-1"), failure.details().traceId());
        assertEquals(OptionalInt.of(400), failure.details().httpStatus());
        assertEquals(2, entra.requests().size());
    }

    @Test
    void fetch_refreshRefused_sendsThePasswordAgain() {
        entra.next("token", 200, ScriptedEntra.tokenBody("short", 5, "")).nextError("invalid_grant", 700082);
        UserPasswordLogin login = login();
        login.fetch(REQUEST, null);

        assertEquals("at1", login.fetch(REQUEST, null).token());

        assertEquals("password", entra.form().get("grant_type"));
        assertEquals(5, entra.requests().size());
    }

    @Test
    void fetch_refreshUnanswered_doesNotSendThePassword() {
        UserPasswordLogin login = login();
        entra.next("token", 200, ScriptedEntra.tokenBody("short", 5, ""));
        login.fetch(REQUEST, null);
        for (int i = 0; i < 4; i++) {
            entra.next("token", ScriptedEntra.lost(new IOException("reset")));
        }

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> login.fetch(REQUEST, null));

        assertEquals(
                "TestCredential: the token endpoint at login.microsoftonline.com gave no answer: reset. Check the"
                        + " network, the proxy settings and AZURE_AUTHORITY_HOST.",
                failure.getMessage());
        assertEquals("refresh_token", entra.form().get("grant_type"));
        assertEquals(Duration.ofSeconds(7), context.sleeper().total());
    }

    @Test
    void fetch_federatedUser_asksTheCompanysService() throws IOException {
        entra.next("userrealm", 200, resource("realm-federated.json"))
                .next("mex", 200, resource("mex.xml"))
                .next("usernamemixed", 200, resource("wstrust.xml"));

        AccessToken token = login().fetch(REQUEST, null);

        assertEquals("at1", token.token());
        assertEquals(
                List.of(
                        REALM,
                        "GET https://sts.contoso.com/adfs/services/trust/mex",
                        "POST https://sts.contoso.com/adfs/services/trust/13/usernamemixed",
                        "POST " + TOKEN_ADDRESS),
                entra.addresses());
        assertTrue(new String(entra.requests().get(2).body(), StandardCharsets.UTF_8).contains("pass+word &amp;1"));
        assertEquals(
                "urn:ietf:params:oauth:grant-type:saml1_1-bearer", entra.form().get("grant_type"));
    }

    @Test
    void fetch_federatedUserRefused_isNotTriedAgain() throws IOException {
        entra.next("userrealm", 200, resource("realm-federated.json"))
                .next("mex", 200, resource("mex.xml"))
                .next("usernamemixed", 500, resource("wstrust-fault.xml"));

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> login().fetch(REQUEST, null));

        assertTrue(
                failure.getMessage().startsWith("TestCredential: the user's company refused the sign-in: "),
                failure.getMessage());
        assertTrue(failure.getMessage().endsWith("Check the user name and the password."), failure.getMessage());
        assertEquals(3, entra.requests().size(), () -> entra.addresses() + failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b@c", "a/b@c", "a?b@c", "a#b@c", "a%41@c", "a\\b", "a\n@c"})
    void new_oddUserName_isRefused(String name) {
        UserClient client = builder().build();
        Secret password = Secret.of("x");

        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> new UserPasswordLogin(client, name, password));

        assertEquals(
                "TestCredential: the user name must be the name that the user signs in with, such as user@contoso.com,"
                        + " without blanks and slashes",
                failure.getMessage());
    }

    @Test
    void fetch_userNameInAnotherScript_isEncoded() {
        new UserPasswordLogin(builder().build(), "мария@contoso.com", Secret.of("x")).fetch(REQUEST, null);

        assertEquals(
                "GET https://login.microsoftonline.com/common/userrealm/%D0%BC%D0%B0%D1%80%D0%B8%D1%8F@contoso.com"
                        + "?api-version=1.0",
                entra.addresses().get(0));
        assertEquals("мария@contoso.com", entra.form().get("username"));
    }

    @Test
    void fetch_always_runsOnTheCallersThread() {
        Thread caller = Thread.currentThread();
        context.transport(request -> {
            assertSame(caller, Thread.currentThread());
            return entra.send(request);
        });

        login().fetch(REQUEST, null);

        assertEquals(2, entra.requests().size());
    }

    @Test
    void fetch_interrupted_isCancelled() {
        context.transport(request -> {
            Thread.currentThread().interrupt();
            throw new java.io.UncheckedIOException(new java.io.InterruptedIOException("interrupted"));
        });

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> login().fetch(REQUEST, null));

        assertTrue(Thread.interrupted());
        assertEquals(Outcome.CANCELLED, failure.outcome());
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = UserPasswordLoginTest.class.getResourceAsStream("/federated/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
