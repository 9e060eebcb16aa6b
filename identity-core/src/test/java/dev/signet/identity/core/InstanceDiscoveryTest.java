// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceDiscoveryTest {
    private static final String VALID = "{\"tenant_discovery_endpoint\":\"https://login.example/t/v2.0\"}";

    private final TestContexts contexts = new TestContexts();
    private final List<TransportRequest> requests = new ArrayList<>();
    private final InstanceDiscovery discovery = new InstanceDiscovery();
    private int status = 200;
    private String body = VALID;

    private ProviderContext context() {
        return contexts.with(request -> {
            requests.add(request);
            return new TransportResponse(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        });
    }

    private void require(String endpoint) {
        discovery.require("Test", context(), URI.create(endpoint));
    }

    private ClientAuthenticationException refused() {
        return assertThrows(
                ClientAuthenticationException.class, () -> require("https://login.example/t/oauth2/v2.0/token"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.microsoftonline.com/t/oauth2/v2.0/token",
                "https://LOGIN.microsoftonline.us/t/oauth2/v2.0/token",
                "https://localhost:8400/t/oauth2/v2.0/token",
                "https://127.0.0.1/t/oauth2/v2.0/token",
                "https://[::1]:1/t/oauth2/v2.0/token",
                "https://sts.example/adfs/oauth2/token"
            })
    void require_knownHost_asksNobody(String endpoint) {
        require(endpoint);
        assertEquals(List.of(), requests);
    }

    @Test
    void require_unknownHost_asksThePublicCloudOnce() {
        require("https://login.example:8443/t/oauth2/v2.0/token");
        require("https://login.example:8443/other/oauth2/v2.0/token");
        assertEquals(1, requests.size());
        assertEquals(
                "https://login.microsoftonline.com/common/discovery/instance?api-version=1.1&authorization_endpoint="
                        + "https%3A%2F%2Flogin.example%3A8443%2Ft%2Foauth2%2Fv2.0%2Fauthorize",
                requests.get(0).uri().toString());
        assertEquals("GET", requests.get(0).method());
    }

    @Test
    void require_invalidInstance_isMisconfiguredAndAskedAgain() {
        status = 400;
        body = "{\"error\":\"invalid_instance\",\"error_description\":\"AADSTS50049: Unknown or invalid instance.\"}";
        ClientAuthenticationException failure = refused();
        assertEquals(
                "Test: login.example is no sign-in host that Microsoft knows; instance discovery answered HTTP 400"
                        + " (invalid_instance): AADSTS50049: Unknown or invalid instance. Check the authority host; if"
                        + " you vouch for it, disable instance discovery.",
                failure.getMessage());
        assertEquals(Outcome.MISCONFIGURED, failure.outcome());
        assertEquals(Optional.of("invalid_instance"), failure.details().errorCode());
        refused();
        assertEquals(2, requests.size());
    }

    @ParameterizedTest(name = "HTTP {0} {1}")
    @CsvSource({"200, <html>", "200, {}", "302, ''", "500, x", "404, ''"})
    void require_noProperAnswer_isTransient(int answered, String text) {
        status = answered;
        body = text;
        ClientAuthenticationException failure = refused();
        assertEquals(Outcome.TRANSIENT, failure.outcome());
        assertEquals(
                "Test: login.example could not be validated",
                failure.getMessage().split(";")[0]);
    }

    @Test
    void require_noAnswer_keepsTheCause() {
        ConnectException cause = new ConnectException("refused");
        ProviderContext context = contexts.with(request -> {
            throw new UncheckedIOException(cause);
        });
        ClientAuthenticationException failure = assertThrows(
                ClientAuthenticationException.class,
                () -> discovery.require("Test", context, URI.create("https://login.example/t/oauth2/v2.0/token")));
        assertEquals(
                "Test: login.example could not be validated; instance discovery at login.microsoftonline.com gave no"
                        + " answer. Check the authority host; if you vouch for it, disable instance discovery.",
                failure.getMessage());
        assertEquals(cause, failure.getCause());
    }

    @Test
    void route_discoveryDisabled_asksNobody() {
        ProviderContext trusting =
                contexts.builder().instanceDiscoveryDisabled(true).build();
        URI endpoint = URI.create("https://login.example/t/oauth2/v2.0/token");
        assertEquals(endpoint, new EntraRoute("Test", trusting, discovery, null).address(endpoint));
    }

    @Test
    void route_unknownHost_isValidatedFirst() {
        URI endpoint = URI.create("https://login.example/t/oauth2/v2.0/token");
        assertEquals(endpoint, new EntraRoute("Test", context(), discovery, null).address(endpoint));
        assertEquals(1, requests.size());
    }
}
