// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerAuthorizationTest {
    private static final TokenCredential UNUSED = request -> {
        throw new AssertionError("asked");
    };
    private static final TokenRequestContext REQUEST = TokenRequestContext.of("api://contoso/.default");

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({
        "api.contoso.example,      https://api.contoso.example/v1,       true",
        "API.contoso.example,      https://api.CONTOSO.example:443/,     true",
        "api.contoso.example,      https://api.contoso.example:8443/,    false",
        "api.contoso.example:8443, https://api.contoso.example:8443/,    true",
        "api.contoso.example:8443, https://api.contoso.example/,         false",
        "api.contoso.example,      http://api.contoso.example/,          false",
        "api.contoso.example:80,   http://api.contoso.example/,          false",
        "api.contoso.example,      https://api.contoso.example.evil.example/, false",
        "api.contoso.example,      https://evil.example/?api.contoso.example, false",
        "api.contoso.example,      https://api.contoso.example@evil.example/, false",
        "*.vault.azure.net,        https://contoso.vault.azure.net/,     true",
        "*.vault.azure.net,        https://a.b.vault.azure.net/,         true",
        "*.vault.azure.net,        https://vault.azure.net/,             false",
        "*.vault.azure.net,        https://evilvault.azure.net/,         false",
        "localhost:8080,           http://localhost:8080/,               true",
        "[::1]:8080,               http://[::1]:8080/,                   true",
        "localhost,                http://localhost/,                    true",
        "localhost,                ftp://localhost/,                     false",
        "localhost,                /relative,                            false"
    })
    void covers_uri_asTheListSays(String host, URI uri, boolean expected) {
        assertEquals(expected, BearerAuthorization.of(UNUSED, REQUEST, host).covers(uri));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "*.", "https://api.contoso.example", "a.*.example", "host:", "host:0", "host:x"})
    void host_malformed_isRefused(String host) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> BearerAuthorization.of(UNUSED, REQUEST, host));
        assertEquals(
                "'" + host + "' is no host; write one such as api.contoso.example, api.contoso.example:8443 or"
                        + " *.vault.azure.net",
                refused.getMessage());
    }

    @Test
    void hosts_none_isRefused() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> BearerAuthorization.of(UNUSED, REQUEST));
        assertEquals("hosts must not be empty; name those that the token is meant for", refused.getMessage());
    }

    @Test
    void toString_namesHostsAndRequest() {
        assertEquals(
                "BearerAuthorization[TokenRequestContext[scopes=[api://contoso/.default], tenantId=default, claims=no,"
                        + " caeEnabled=false], hosts=[*.vault.azure.net, localhost:8080]]",
                BearerAuthorization.of(UNUSED, REQUEST, "*.vault.azure.net", "localhost:8080")
                        .toString());
    }
}
