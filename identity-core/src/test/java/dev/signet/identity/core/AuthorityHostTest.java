// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.spi.Environment;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityHostTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "login.microsoftonline.com,https://login.microsoftonline.com/",
                "https://login.microsoftonline.com,https://login.microsoftonline.com/",
                "https://login.microsoftonline.com///,https://login.microsoftonline.com/",
                "  login.microsoftonline.us  ,https://login.microsoftonline.us/",
                "HTTPS://Login.Example,HTTPS://Login.Example/",
                "https://localhost:8443,https://localhost:8443/",
                "https://adfs.example/adfs,https://adfs.example/adfs/",
                "https://[::1]:8443,https://[::1]:8443/",
                "login.ex\u00e4mple:8443,https://login.xn--exmple-cua:8443/",
            })
    void parse_hostOrAddress_isAnAddressWithASlash(String value, String expected) {
        assertEquals(URI.create(expected), AuthorityHost.parse("authorityHost", value));
    }

    @ParameterizedTest
    @CsvSource({
        "http://login.microsoftonline.com,must use https",
        "ftp://login.microsoftonline.com,must use https",
        "https://user:canary@h,must have neither user information nor query nor fragment",
        "canary@h,must have neither user information nor query nor fragment",
        "https://h/?canary,must have neither user information nor query nor fragment",
        "https://h/#canary,must have neither user information nor query nor fragment",
        "https://,has no host",
        "https:,has a malformed port",
        "https:/canary,has a malformed port",
        "https://h:,has a malformed port",
        "https://h:0,has a malformed port",
        "https://h:65536,has a malformed port",
        "canary canary,is not an address",
        "https://h_canary,has no host",
        "https:///path,has no host",
    })
    void parse_malformed_isRefusedByNameWithoutTheValue(String value, String problem) {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> AuthorityHost.parse("AZURE_AUTHORITY_HOST", value));
        assertEquals(
                "AZURE_AUTHORITY_HOST " + problem + "; give a sign-in host such as https://login.microsoftonline.com/",
                failure.getMessage());
    }

    @Test
    void from_environment_hostThenCloudThenPublic() {
        assertEquals("https://login.microsoftonline.com/", from(Map.of()));
        assertEquals("https://login.microsoftonline.com/", from(Map.of("AZURE_AUTHORITY_HOST", " ")));
        assertEquals("https://login.microsoftonline.us/", from(Map.of("AZURE_CLOUD", "USGov")));
        assertEquals("https://login.chinacloudapi.cn/", from(Map.of("AZURE_CLOUD", "china")));
        assertEquals("https://login.microsoftonline.com/", from(Map.of("AZURE_CLOUD", "public")));
        assertEquals("https://h/", from(Map.of("AZURE_AUTHORITY_HOST", "h", "AZURE_CLOUD", "nowhere")));
        assertEquals(
                "AZURE_CLOUD must be public, usgov or china; for another cloud set AZURE_AUTHORITY_HOST to its"
                        + " sign-in host",
                assertThrows(IllegalArgumentException.class, () -> from(Map.of("AZURE_CLOUD", "mars")))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"login.microsoftonline.com", "LOGIN.Windows.NET", "sts.windows.net", "login.sovcloud-identity.fr"
            })
    void isTrusted_microsoftsOwn(String host) {
        assertTrue(AuthorityHost.isTrusted(host));
        assertFalse(AuthorityHost.isTrusted("x." + host));
        assertFalse(AuthorityHost.isTrusted(host + ".example"));
    }

    @Test
    void tokenEndpoint_tenantOrAdfs() {
        URI host = URI.create("https://h/");
        assertEquals(URI.create("https://h/t/oauth2/v2.0/token"), AuthorityHost.tokenEndpoint(host, "t"));
        assertEquals(URI.create("https://h/adfs/oauth2/token"), AuthorityHost.tokenEndpoint(host, "ADFS"));
        assertEquals(
                URI.create("https://h/a/t/oauth2/v2.0/token"),
                AuthorityHost.tokenEndpoint(URI.create("https://h/a/"), "t"));
    }

    private static String from(Map<String, String> variables) {
        return AuthorityHost.from(Environment.of(variables)).toString();
    }
}
