// SPDX-License-Identifier: MIT
package dev.signet.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenTest {
    private static final Instant EXPIRY = Instant.parse("2026-01-01T01:00:00Z");

    private final AccessToken token = AccessToken.of("canary", EXPIRY, "TestCredential");

    @Test
    void of_isABearerTokenWithoutAdvice() {
        assertEquals("canary", token.token());
        assertEquals(EXPIRY, token.expiresOn());
        assertEquals(Optional.empty(), token.refreshOn());
        assertEquals("Bearer", token.tokenType());
        assertEquals("TestCredential", token.credentialName());
    }

    @Test
    void with_keepsTheOtherParts() {
        AccessToken full = token.withRefreshOn(EXPIRY.minusSeconds(60)).withTokenType("pop");
        assertEquals(Optional.of(EXPIRY.minusSeconds(60)), full.refreshOn());
        assertEquals("pop", full.tokenType());
        assertEquals("canary", full.token());
        assertEquals("TestCredential", full.credentialName());
        assertEquals(full, token.withTokenType("pop").withRefreshOn(EXPIRY.minusSeconds(60)));
        assertEquals(
                full.hashCode(),
                token.withTokenType("pop")
                        .withRefreshOn(EXPIRY.minusSeconds(60))
                        .hashCode());
    }

    @Test
    void equals_everyPartMatters() {
        assertNotEquals(token, token.withTokenType("pop"));
        assertNotEquals(token, token.withRefreshOn(EXPIRY));
        assertNotEquals(token, AccessToken.of("other", EXPIRY, "TestCredential"));
        assertNotEquals(token, AccessToken.of("canary", EXPIRY.plusSeconds(1), "TestCredential"));
        assertNotEquals(token, AccessToken.of("canary", EXPIRY, "Other"));
        assertNotEquals(token, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\r\nb", "a\u007f", "caf\u00e9", "\u00a0"})
    void of_unprintable_isRefusedWithoutShowingIt(String text) {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> AccessToken.of(text, EXPIRY, "TestCredential"));
        assertEquals(
                "TestCredential: an access token must consist of printable ASCII characters without blanks",
                failure.getMessage());
    }

    @Test
    void toString_showsEverythingButTheToken() {
        assertEquals(
                "AccessToken[token=***, tokenType=Bearer, expiresOn=2026-01-01T01:00:00Z, refreshOn=none,"
                        + " credentialName=TestCredential]",
                token.toString());
        assertFalse(token.withRefreshOn(EXPIRY).withTokenType("pop").toString().contains("canary"));
    }
}
