// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.msal.UserClient;
import dev.signet.identity.testkit.RecordedRequest;
import dev.signet.identity.testkit.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rows UP01 and UP02. */
@SuppressWarnings("deprecation")
class UsernamePasswordCredentialTest extends UserFixture {
    private static final String PASSWORD = "wonder land&1";

    private UsernamePasswordCredential.Builder builder() {
        return UsernamePasswordCredential.builder()
                .context(context)
                .username(alice.userName())
                .password(PASSWORD);
    }

    @Test
    @DisplayName("UP01 realm, password, later silent")
    void getToken_password_givesATokenThenRefreshes() {
        UsernamePasswordCredential credential = builder().build();

        AccessToken token = credential.getToken(REQUEST);

        assertAlice(token);
        assertEquals("UsernamePasswordCredential", token.credentialName());
        RecordedRequest realm = authority.metadata().requests().get(0);
        assertEquals("GET", realm.method());
        assertEquals("/common/userrealm/" + alice.userName(), realm.path());
        assertEquals(Optional.of("1.0"), realm.query("api-version"));
        assertEquals(
                new TreeMap<>(Map.of(
                        "grant_type",
                        "password",
                        "username",
                        alice.userName(),
                        "password",
                        PASSWORD,
                        "client_id",
                        UserClient.DEVELOPER_SIGN_ON,
                        "scope",
                        "*",
                        "client_info",
                        "1")),
                form(lastRequest(), "scope"));
        assertAlice(credential.asChainMember().getToken(OTHER_REQUEST));
        credential.clearCache();
        assertAlice(credential.getToken(REQUEST));
        cloud.clock().advance(Duration.ofHours(2));
        assertAlice(credential.getTokenAsync(REQUEST).join());
        assertEquals(List.of("password", "refresh_token", "refresh_token"), grants());
    }

    @Test
    @DisplayName("UP02 50076 with claims: told, no retry")
    void getToken_secondFactorNeeded_isTold() {
        authority.enqueue(Reply.json(
                400,
                "{\"error\":\"interaction_required\",\"error_description\":\"AADSTS50076: mfa\",\"error_codes\":[50076],"
                        + "\"suberror\":\"basic_action\",\"claims\":\"{\\\"a\\\":1}\"}"));
        UsernamePasswordCredential credential = builder().build();

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> credential.getToken(REQUEST));

        assertEquals(List.of(50076), failure.details().aadstsCodes());
        assertEquals(Optional.of("{\"a\":1}"), failure.details().claims());
        assertEquals(Optional.of("basic_action"), failure.details().suberror());
        assertEquals(1, authority.requests().size());
    }

    @Test
    void build_nothingSet_isRefused() {
        for (UsernamePasswordCredential.Builder builder : List.of(
                UsernamePasswordCredential.builder().password("x"),
                UsernamePasswordCredential.builder().username("u@x.example").password(" "),
                UsernamePasswordCredential.builder().username(" ").password("x"))) {
            IllegalArgumentException failure =
                    assertThrows(IllegalArgumentException.class, builder.context(context)::build);

            assertEquals("UsernamePasswordCredential: username and password must be set", failure.getMessage());
        }
    }

    @Test
    void class_isDeprecatedFromTheStart() {
        Deprecated deprecated = UsernamePasswordCredential.class.getAnnotation(Deprecated.class);

        assertEquals("0.1.0", deprecated.since());
        assertTrue(!deprecated.forRemoval());
        assertEquals("UsernamePasswordCredential", builder().build().toString());
    }
}
