// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceDiscoveryTest {
    private static final URI UNKNOWN = URI.create("https://login.private.example:8443/");

    private final TestContexts contexts = new TestContexts();
    private final List<TransportRequest> asked = new ArrayList<>();

    private StandardContext.Builder answering(int status, String body) {
        return contexts.builder().transport(request -> {
            asked.add(request);
            return new TransportResponse(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        });
    }

    private InstanceDiscovery discovery(int status, String body) {
        return new InstanceDiscovery("Test", answering(status, body).build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.microsoftonline.com/",
                "https://LOGIN.microsoftonline.us/",
                "https://localhost:8400/",
                "https://127.0.0.1/",
                "https://[::1]:8400/"
            })
    void check_knownHost_asksNobody(String host) {
        discovery(500, "").check(URI.create(host), "t");

        assertEquals(List.of(), asked);
    }

    @Test
    void check_unknownHost_asksMicrosoftOnce() {
        InstanceDiscovery discovery = discovery(200, "{\"tenant_discovery_endpoint\":\"https://x\"}");

        discovery.check(UNKNOWN, "t");
        discovery.check(UNKNOWN, "other");

        assertEquals(1, asked.size());
        assertEquals(
                "https://login.microsoftonline.com/common/discovery/instance?api-version=1.1&authorization_endpoint="
                        + "https%3A%2F%2Flogin.private.example%3A8443%2Ft%2Foauth2%2Fv2.0%2Fauthorize",
                asked.get(0).uri().toString());
    }

    @Test
    void check_hostThatTheApplicationVouchesFor_asksNobody() {
        new InstanceDiscovery(
                        "Test",
                        answering(500, "").instanceDiscoveryDisabled(true).build())
                .check(UNKNOWN, "t");

        assertEquals(List.of(), asked);
    }

    @Test
    void check_adfs_asksNobody() {
        discovery(500, "").check(UNKNOWN, "ADFS");

        assertEquals(List.of(), asked);
    }

    @Test
    void check_invalidInstance_fails() {
        InstanceDiscovery discovery = discovery(
                400,
                "{\"error\":\"invalid_instance\",\"error_description\":\"AADSTS50049: Unknown or invalid instance.\","
                        + "\"error_codes\":[50049]}");

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> discovery.check(UNKNOWN, "t"));

        assertEquals(
                "Test: Entra refused the request with HTTP 400 (invalid_instance): AADSTS50049: Unknown or invalid"
                        + " instance. Check the authority host; of a private cloud, switch instance discovery off.",
                failure.getMessage());
    }

    @Test
    void check_nobodyCanSay_failsAndAsksAgain() {
        InstanceDiscovery discovery = discovery(200, "<html>");

        assertThrows(ClientAuthenticationException.class, () -> discovery.check(UNKNOWN, "t"));
        assertThrows(ClientAuthenticationException.class, () -> discovery.check(UNKNOWN, "t"));

        assertEquals(2, asked.size());
    }
}
