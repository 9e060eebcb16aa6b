// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationRecordTest {
    private static final String RECORD = """
            {"authority":"login.microsoftonline.com","clientId":"c-1","homeAccountId":"o-1.t-1","tenantId":"t-1",\
            "username":"maria@contoso.com","version":"1.0"}""";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        Python           | `{"authority": "login.microsoftonline.com", "clientId": "c-1", "homeAccountId": "o-1.t-1", "tenantId": "t-1", "username": "maria@contoso.com", "version": "1.0"}`
        .NET             | `{"username":"maria@contoso.com","authority":"login.microsoftonline.com","homeAccountId":"o-1.t-1","tenantId":"t-1","clientId":"c-1","version":"1.0"}`
        JavaScript       | `{"authority":"https://login.microsoftonline.com/t-1","homeAccountId":"o-1.t-1","clientId":"c-1","tenantId":"t-1","username":"maria@contoso.com","version":"1.0","azureRegion":null}`
        AR02 Java        | `{"authority":"login.microsoftonline.com","homeAccountId":"o-1.t-1","tenantId":"t-1","username":"maria@contoso.com","clientId":"c-1"}`
        Go               | `{"authority":"https://login.microsoftonline.com/","clientId":"c-1","homeAccountId":"o-1.t-1","tenantId":"t-1","username":"maria@contoso.com","version":"1.0"}`
        """)
    void fromJson_officialLibrary_isRead(String library, String json) {
        assertEquals(AuthenticationRecord.fromJson(RECORD), AuthenticationRecord.fromJson(json));
    }

    @Test
    void toJson_record_hasTheSixMembers() {
        assertEquals(RECORD, AuthenticationRecord.fromJson(RECORD).toJson());
    }

    @Test
    @DisplayName("AR01 version 2.0")
    void fromJson_otherVersion_isRefused() {
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class,
                () -> AuthenticationRecord.fromJson(RECORD.replace("\"1.0\"", "\"2.0\"")));

        assertEquals(
                "the authentication record has a version that is not known here; version 1.0 is: sign in again to make"
                        + " one",
                failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"authority", "clientId", "homeAccountId", "tenantId", "username"})
    void fromJson_memberMissing_isNamed(String member) {
        for (String value : new String[] {"\"x" + member + "\":\"", "\"" + member + "\":\" \",\"y\":\""}) {
            String json = RECORD.replace("\"" + member + "\":\"", value);
            IllegalArgumentException failure =
                    assertThrows(IllegalArgumentException.class, () -> AuthenticationRecord.fromJson(json));

            assertEquals(
                    "the authentication record lacks " + member + ": sign in again to make a complete one",
                    failure.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "\"x\"", "{}x"})
    void fromJson_noObject_isRefused(String json) {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> AuthenticationRecord.fromJson(json));

        assertEquals(
                "an authentication record must be a JSON object; write one with toJson() after a sign-in",
                failure.getMessage());
    }

    @Test
    void toString_record_hidesTheUser() {
        String text = AuthenticationRecord.fromJson(RECORD).toString();

        assertEquals("AuthenticationRecord[authority=login.microsoftonline.com, tenantId=t-1, clientId=c-1]", text);
        assertFalse(text.contains("maria"));
    }

    @Test
    void equals_anotherUser_isFalse() {
        assertNotEquals(
                AuthenticationRecord.fromJson(RECORD),
                AuthenticationRecord.fromJson(RECORD.replace("maria@", "mario@")));
    }

    @Test
    void toJson_quotesInAName_areEscaped() {
        AuthenticationRecord odd = AuthenticationRecord.fromJson(RECORD.replace("maria@", "ma\\\"r\\u00eda@"));

        assertEquals("ma\"ría@contoso.com", odd.userName());
        assertEquals(odd, AuthenticationRecord.fromJson(odd.toJson()));
    }
}
