// SPDX-License-Identifier: MIT
package dev.signet.identity.msal.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CacheMergeTest {
    private static final String EMPTY =
            "{\"AccessToken\":{},\"RefreshToken\":{},\"IdToken\":{},\"Account\":{},\"AppMetadata\":{}}";

    private static String cache(String accounts, String refreshTokens, String accessTokens) {
        return "{\"AccessToken\":{" + accessTokens + "},\"RefreshToken\":{" + refreshTokens
                + "},\"IdToken\":{},\"Account\":{" + accounts + "},\"AppMetadata\":{}}";
    }

    private static String entry(String key, String home, String more) {
        return "\"" + key + "\":{\"home_account_id\":\"" + home + "\"" + more + "}";
    }

    private static String merged(String before, String after, String now) {
        return CacheMerge.merge(before, after, now).json();
    }

    private static void assertSame(String expected, String actual) {
        assertEquals(
                CacheDocument.parse(expected).root(),
                CacheDocument.parse(actual).root());
    }

    @Test
    void merge_firstSignIn_isTakenOver() {
        String signedIn = cache(entry("a", "A", ""), entry("r", "A", ""), entry("t", "A", ""));

        assertSame(signedIn, merged("", signedIn, ""));
    }

    @Test
    void merge_nothingChanged_leavesWhatIsThere() {
        String before = cache(entry("a", "A", ""), "", "");

        assertSame(EMPTY, merged("", EMPTY, ""));
        assertSame(before, merged(before, before, before));
    }

    @Test
    @DisplayName("PC09 two processes store different users")
    void merge_anotherUserMeanwhile_bothStay() {
        String mine = cache(entry("a", "A", ""), entry("ra", "A", ""), "");
        String theirs = cache(entry("b", "B", ""), entry("rb", "B", ""), "");

        assertSame(
                cache(
                        entry("b", "B", "") + "," + entry("a", "A", ""),
                        entry("rb", "B", "") + "," + entry("ra", "A", ""),
                        ""),
                merged("", mine, theirs));
    }

    @Test
    @DisplayName("PC06 sections and fields that MSAL drops")
    void merge_unknownSectionsAndFields_stay() {
        String before = "{\"Account\":{" + entry("a", "A", ",\"wam_account_ids\":{\"x\":1},\"name\":\"old\"")
                + "},\"RefreshToken\":{" + entry("r", "A", ",\"secret\":\"1\",\"last_modification_time\":\"7\"")
                + "},\"Elsewhere\":{\"x\":[1,2]}}";
        String after = cache(entry("a", "A", ",\"name\":\"new\""), entry("r", "A", ",\"secret\":\"2\""), "");

        assertSame(
                "{\"Account\":{" + entry("a", "A", ",\"wam_account_ids\":{\"x\":1},\"name\":\"new\"")
                        + "},\"RefreshToken\":{" + entry("r", "A", ",\"secret\":\"2\",\"last_modification_time\":\"7\"")
                        + "},\"Elsewhere\":{\"x\":[1,2]},\"AccessToken\":{},\"IdToken\":{},\"AppMetadata\":{}}",
                merged(before, after, before));
    }

    @Test
    void merge_newAccessToken_keepsNothingOfTheOld() {
        String before =
                cache("", "", entry("t", "A", ",\"secret\":\"1\",\"refresh_on\":\"5\",\"ext_expires_on\":\"9\""));
        String after = cache("", "", entry("t", "A", ",\"secret\":\"2\""));

        assertSame(after, merged(before, after, before));
    }

    @Test
    @DisplayName("PC18 account removed by another process")
    void merge_accountRemovedMeanwhile_staysRemoved() {
        String both = cache(
                entry("a", "A", "") + "," + entry("b", "B", ""), entry("ra", "A", "") + "," + entry("rb", "B", ""), "");
        String withToken = cache(
                entry("a", "A", "") + "," + entry("b", "B", ""),
                entry("ra", "A", "") + "," + entry("rb", "B", ",\"secret\":\"2\""),
                entry("tb", "B", "") + "," + entry("ta", "A", ""));
        String withoutA = cache(entry("b", "B", ""), entry("rb", "B", ""), "");

        assertSame(
                cache(entry("b", "B", ""), entry("rb", "B", ",\"secret\":\"2\""), entry("tb", "B", "")),
                merged(both, withToken, withoutA));
    }

    @Test
    void merge_removedHere_isRemoved() {
        String before = cache(entry("a", "A", ""), entry("r", "A", ""), "");

        assertSame(EMPTY, merged(before, EMPTY, before));
    }

    @Test
    void merge_changedByOthersOnly_staysTheirs() {
        String before = cache("", entry("r", "A", ",\"secret\":\"1\""), "");
        String theirs = cache("", entry("r", "A", ",\"secret\":\"9\""), "");

        assertSame(theirs, merged(before, before, theirs));
    }

    @Test
    void merge_oddSections_areReplaced() {
        String mine = cache(entry("a", "A", ""), "", "");

        assertSame(mine, merged("x", mine, "{\"Account\":[],\"AccessToken\":3}"));
    }
}
