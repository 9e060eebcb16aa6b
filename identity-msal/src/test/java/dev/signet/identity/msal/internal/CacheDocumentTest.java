// SPDX-License-Identifier: MIT
package dev.signet.identity.msal.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheDocumentTest {
    private static final CacheDocument.Place PLACE =
            new CacheDocument.Place("o.t", CloudHosts.aliases("login.microsoftonline.com"), "c-1", "organizations");
    private static final List<String> SCOPES = List.of("https://vault.azure.net/.default");

    private static String token(String key, String more) {
        return "\"" + key + "\":{\"home_account_id\":\"o.t\",\"environment\":\"login.windows.net\",\"credential_type\":"
                + "\"AccessToken\",\"client_id\":\"c-1\",\"secret\":\"" + key + "\",\"realm\":\"organizations\","
                + "\"target\":\"https://vault.azure.net/.default openid\",\"expires_on\":\"2000000000\"" + more + "}";
    }

    private static AccessToken found(String... tokens) {
        return CacheDocument.parse("{\"AccessToken\":{" + String.join(",", tokens) + "}}")
                .accessToken(PLACE, SCOPES, "X");
    }

    @Test
    void accessToken_matching_isFoundUnderEveryAlias() {
        AccessToken token = found(token("a", ""));

        assertEquals("a", token.token());
        assertEquals(Instant.ofEpochSecond(2_000_000_000), token.expiresOn());
        assertEquals("X", token.credentialName());
        assertEquals(Optional.empty(), token.refreshOn());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        another account     | ,"home_account_id":"o2.t"
        another cloud       | ,"environment":"login.microsoftonline.us"
        another client      | ,"client_id":"c-2"
        another tenant      | ,"realm":"t-2"
        another scope       | ,"target":"https://vault.azure.net/.defaultx"
        proof of possession | ,"credential_type":"AccessToken_With_AuthScheme"
        another token type  | ,"token_type":"pop"
        no expiry           | ,"expires_on":"soon"
        no token            | ,"secret":""
        """)
    void accessToken_notMatching_isNotFound(String what, String difference) {
        assertNull(found(token("a", difference)), what);
    }

    @Test
    void accessToken_otherCase_isFound() {
        AccessToken token = found(token(
                "a",
                ",\"client_id\":\"C-1\",\"realm\":\"Organizations\",\"target\":\"HTTPS://vault.azure.net/.default\","
                        + "\"environment\":\"LOGIN.windows.net\",\"token_type\":\"bearer\""));

        assertEquals("a", token.token());
    }

    @Test
    void accessToken_numbersAsNumbers_areRead() {
        AccessToken token = found(token("a", ",\"expires_on\":1900000000,\"refresh_on\":1800000000"));

        assertEquals(Instant.ofEpochSecond(1_900_000_000), token.expiresOn());
        assertEquals(Optional.of(Instant.ofEpochSecond(1_800_000_000)), token.refreshOn());
    }

    @Test
    void accessToken_several_isTheOneThatLastsLongest() {
        AccessToken token = found(
                token("a", ""), token("b", ",\"expires_on\":\"2000000009\""), token("c", ",\"expires_on\":\"1\""));

        assertEquals("b", token.token());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "null", "{\"AccessToken\":[]}", "{\"AccessToken\":{\"k\":3}}", "{"})
    void parse_odd_isAnEmptyCache(String text) {
        CacheDocument cache = CacheDocument.parse(text);

        assertNull(cache.accessToken(PLACE, SCOPES, "X"));
        assertFalse(cache.hasAccount("o.t", Set.of("login.windows.net")));
    }

    @Test
    void isCache_text_tellsObjects() {
        assertTrue(CacheDocument.isCache("{\"a\":1}"));
        assertFalse(CacheDocument.isCache("{\"a\":1"));
        assertFalse(CacheDocument.isCache(""));
        assertFalse(CacheDocument.isCache("[1]"));
    }

    @Test
    void removeExpired_ownTokens_goAndOthersStay() {
        CacheDocument cache = CacheDocument.parse("{\"AccessToken\":{"
                + token("old", ",\"expires_on\":\"99\"") + ","
                + token("fresh", "") + ","
                + token("foreign", ",\"client_id\":\"c-2\",\"expires_on\":\"99\"") + ","
                + token("odd", ",\"expires_on\":\"never\"") + "}}");

        cache.removeExpired("c-1", Instant.ofEpochSecond(100));

        assertEquals(
                Set.of("fresh", "foreign", "odd"),
                Set.copyOf(cache.root()
                        .get("AccessToken")
                        .propertyStream()
                        .map(java.util.Map.Entry::getKey)
                        .toList()));
    }

    @Test
    void aliases_unknownHost_isAlone() {
        assertEquals(Set.of("login.example"), CloudHosts.aliases("Login.Example"));
        assertTrue(CloudHosts.aliases("login.usgovcloudapi.net").contains("login.microsoftonline.us"));
    }
}
