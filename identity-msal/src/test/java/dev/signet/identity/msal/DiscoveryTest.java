// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Secret;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is asked whether an authority may be trusted with a code. */
class DiscoveryTest extends EntraFixture {
    private static final AuthorizationCode CODE =
            AuthorizationCode.of(Secret.of("K"), URI.create("http://localhost:8400"));

    private UserClient at(String host) {
        return builder().authorityHost(URI.create("https://" + host + "/")).build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login.microsoftonline.com",
                "login.microsoftonline.us",
                "login.chinacloudapi.cn",
                "login.partner.microsoftonline.cn",
                "localhost:8400",
                "127.0.0.1:8400"
            })
    void knownOrLoopbackHost_isAskedAtOnce(String host) {
        at(host).redeem(CODE, REQUEST);

        assertEquals(1, entra.requests().size());
        assertTrue(
                entra.addresses().get(0).endsWith("/organizations/oauth2/v2.0/token"),
                entra.addresses().get(0));
    }

    @Test
    void portOfTheAuthority_isKeptForRefreshes() {
        UserClient client = at("localhost:8400");
        entra.next("token", 200, ScriptedEntra.tokenBody("first", 5, ""));
        AuthenticationRecord account = client.redeem(CODE, REQUEST).account();

        client.silent(account, REQUEST);

        assertEquals("localhost:8400", account.authority());
        assertEquals(
                List.of(
                        "POST https://localhost:8400/organizations/oauth2/v2.0/token",
                        "POST https://localhost:8400/organizations/oauth2/v2.0/token"),
                entra.addresses());
    }

    @Test
    void unknownHost_isValidatedOnce() {
        UserClient client = at("login.private-one.example");
        client.redeem(CODE, REQUEST);
        client.redeem(CODE, REQUEST);

        assertEquals(
                List.of(
                        "GET https://login.microsoftonline.com/common/discovery/instance?api-version=1.1"
                                + "&authorization_endpoint=https%3A%2F%2Flogin.private-one.example%2Forganizations%2Foauth2%2Fv2.0%2Fauthorize",
                        "POST https://login.private-one.example/organizations/oauth2/v2.0/token",
                        "POST https://login.private-one.example/organizations/oauth2/v2.0/token"),
                entra.addresses());
    }

    @Test
    void unknownHost_refused_isNotShownToTheUser() {
        entra.next("instance", 400, ScriptedEntra.error("invalid_instance", 50049, ""));

        assertThrows(ClientAuthenticationException.class, () -> at("login.private-five.example")
                .authorizeEndpoint(REQUEST));
    }

    @Test
    void unknownHost_vouchedFor_isAskedAtOnce() {
        context.instanceDiscoveryDisabled(true);

        at("login.private-two.example").redeem(CODE, REQUEST);

        assertEquals(1, entra.requests().size());
    }

    @Test
    void unknownHost_refused_getsNoCode() {
        entra.next("instance", 400, ScriptedEntra.error("invalid_instance", 50049, ""));

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> at("login.private-three.example")
                        .redeem(CODE, REQUEST));

        assertEquals(
                "TestCredential: login.private-three.example is no sign-in host that Microsoft knows; instance discovery"
                        + " answered HTTP 400 (invalid_instance): AADSTS50049: no. Trace ID: t-1 Correlation ID: c-1. Check"
                        + " the authority host; if you vouch for it, disable instance discovery.",
                failure.getMessage());
        assertEquals(1, entra.requests().size());
    }

    @Test
    void unknownHost_notValidated_getsNoCode() {
        for (int i = 0; i < 4; i++) {
            entra.next("instance", 503, "<html>");
        }

        assertThrows(ClientAuthenticationException.class, () -> at("login.private-four.example")
                .redeem(CODE, REQUEST));

        assertTrue(
                entra.addresses().stream().allMatch(address -> address.startsWith("GET ")),
                entra.addresses()::toString);
    }

    @Test
    void aliases_ofACloud_findEachOthersAccounts() {
        UserClient client = at("login.windows.net");
        AuthenticationRecord account = client.redeem(CODE, REQUEST).account();

        assertEquals("at1", client.silent(account, REQUEST).token().token());
        assertEquals(1, client.accounts(false).size());
        assertEquals(1, entra.requests().size());
    }
}
