// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.spi.Environment;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {
    private static final URI HTTPS = URI.create("https://login.example/");
    private static final URI HTTP = URI.create("http://login.example/");

    @Test
    void proxyFor_schemeThenAll_upperThenLowerCase() {
        assertEquals("none", proxy(Map.of(), HTTPS));
        assertEquals("p:1", proxy(Map.of("HTTPS_PROXY", "http://p:1", "ALL_PROXY", "http://q:2"), HTTPS));
        assertEquals("q:2", proxy(Map.of("HTTPS_PROXY", "http://p:1", "ALL_PROXY", "http://q:2"), HTTP));
        assertEquals("p:80", proxy(Map.of("http_proxy", "p"), HTTP));
        assertEquals("none", proxy(Map.of("HTTP_PROXY", "p"), HTTPS));
        assertEquals("p:1", proxy(Map.of("HTTPS_PROXY", "p:1", "https_proxy", "q:2"), HTTPS));
        assertEquals("none", proxy(Map.of("HTTPS_PROXY", " "), HTTPS));
    }

    @Test
    void proxyFor_systemProperty_winsWithItsOwnExceptions() {
        Environment environment = Environment.of(
                Map.of("HTTPS_PROXY", "p:1", "NO_PROXY", "*"),
                Map.of("https.proxyHost", "q", "https.proxyPort", "2", "http.nonProxyHosts", "a.example|*.local|10.*"));
        ProxySettings settings = ProxySettings.from(environment);
        assertEquals("q:2", settings.proxyFor(HTTPS).orElseThrow().toString());
        assertTrue(settings.proxyFor(URI.create("https://a.example/")).isEmpty());
        assertTrue(settings.proxyFor(URI.create("https://x.local/")).isEmpty());
        assertTrue(settings.proxyFor(URI.create("https://10.1.2.3/")).isEmpty());
        ProxySettings bare = ProxySettings.from(Environment.of(Map.of(), Map.of("https.proxyHost", "q")));
        assertEquals("q:443", bare.proxyFor(HTTPS).orElseThrow().toString());
    }

    @ParameterizedTest(name = "NO_PROXY {0} and {1}: direct {2}")
    @CsvSource({
        "login.example, https://login.example/, true",
        "LOGIN.example, https://login.EXAMPLE/, true",
        "example, https://login.example/, true",
        ".example, https://login.example/, true",
        "*.example, https://login.example/, true",
        ".login.example, https://login.example/, true",
        "gin.example, https://login.example/, false",
        "other, https://login.example/, false",
        "' a , login.example ', https://login.example/, true",
        "*, https://login.example/, true",
        "login.example:443, https://login.example/, true",
        "login.example:8443, https://login.example/, false",
        "login.example:8443, https://login.example:8443/, true",
        "login.example:80, http://login.example/, true",
        "2001:db8::1, https://[2001:db8::1]/, true",
        "[2001:db8::1], https://[2001:db8::1]/, true",
        "[2001:db8::1]:8443, https://[2001:db8::1]/, false",
        "10.*, https://10.1.2.3/, true",
        "',,', https://login.example/, false",
    })
    void proxyFor_noProxy(String list, URI uri, boolean direct) {
        assertEquals(direct ? "none" : "p:1", proxy(Map.of("ALL_PROXY", "p:1", "no_proxy", list), uri));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks5://canary:1",
                "https://canary",
                "http://",
                "http://canary:0",
                "canary:99999",
                "canary:x",
                "a b"
            })
    void proxyFor_malformed_isRefusedByNameWithoutTheValue(String value) {
        assertEquals(
                "HTTPS_PROXY must name an HTTP proxy such as http://proxy.example:8080",
                assertThrows(IllegalArgumentException.class, () -> proxy(Map.of("HTTPS_PROXY", value), HTTPS))
                        .getMessage());
        assertEquals(
                "proxy must name an HTTP proxy such as http://proxy.example:8080",
                assertThrows(IllegalArgumentException.class, () -> ProxySettings.of(value))
                        .getMessage());
    }

    @Test
    void login_isDecodedAndNeverShown() {
        ProxySettings settings = ProxySettings.of("http://us%40er:can+a%2Bry@p:1");
        ProxySettings.Proxy proxy = settings.proxyFor(HTTPS).orElseThrow();
        assertEquals("us@er:can+a+ry", proxy.login().orElseThrow().reveal());
        assertEquals("p", proxy.host());
        assertEquals(1, proxy.port());
        assertFalse((settings + " " + proxy).contains("can"));
        assertEquals("ProxySettings[HTTPS_PROXY, HTTP_PROXY]", settings.toString());
        assertEquals(
                Optional.empty(),
                ProxySettings.of("p:1").proxyFor(HTTP).orElseThrow().login());
        assertTrue(ProxySettings.none().proxyFor(HTTP).isEmpty());
    }

    private static String proxy(Map<String, String> variables, URI uri) {
        return ProxySettings.from(Environment.of(variables))
                .proxyFor(uri)
                .map(ProxySettings.Proxy::toString)
                .orElse("none");
    }
}
