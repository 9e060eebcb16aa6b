// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.TokenRequestContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsParameterTest {
    private static final String CP1 = "\"xms_cc\":{\"values\":[\"CP1\"]}";
    private static final TokenRequestContext CAE =
            TokenRequestContext.of("https://x/.default").withCaeEnabled(true);

    @Test
    void of_nothing_isEmpty() {
        assertEquals("", ClaimsParameter.of(CAE.withCaeEnabled(false)));
        assertEquals("{\"access_token\":{" + CP1 + "}}", ClaimsParameter.of(CAE));
    }

    @Test
    void of_claimsWithoutCae_areAsGiven() {
        assertEquals("{\"a\":1}", ClaimsParameter.of(CAE.withCaeEnabled(false).withClaims("{\"a\":1}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{malformed}", "{\"a\":}", "{\"access_token\":{\"nbf\":1}", "{}{}"})
    void of_malformedClaims_areRefused(String claims) {
        for (TokenRequestContext request :
                List.of(CAE.withClaims(claims), CAE.withClaims(claims).withCaeEnabled(false))) {
            assertEquals(
                    "the claims of the request are no JSON object; take them from the challenge and decode their base64"
                            + " first",
                    assertThrows(IllegalArgumentException.class, () -> ClaimsParameter.of(request))
                            .getMessage());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {\"access_token\":{CP1}}",
                "{ } | {\"access_token\":{CP1} }",
                "{\"id_token\":{}} | {\"access_token\":{CP1},\"id_token\":{}}",
                "{\"access_token\":{}} | {\"access_token\":{CP1}}",
                "{\"access_token\" : { \"nbf\":1}} | {\"access_token\" : {CP1, \"nbf\":1}}",
                "{\"id_token\":{\"access_token\":{\"x\":1}},\"access_token\":{\"y\":\"\\\"}\"}} |"
                        + " {\"id_token\":{\"access_token\":{\"x\":1}},\"access_token\":{CP1,\"y\":\"\\\"}\"}}",
                "{\"z\":[\"access_token\"],\"access_token\":{\"y\":1}} |"
                        + " {\"z\":[\"access_token\"],\"access_token\":{CP1,\"y\":1}}",
                "{\"access_token\":{\"xms_cc\":{\"values\":[\"x\"]}}} |"
                        + " {\"access_token\":{\"xms_cc\":{\"values\":[\"x\"]}}}",
                "{\"access_token\":\"odd\"} | {\"access_token\":\"odd\"}"
            })
    void of_claimsWithCae_areMerged(String claims, String expected) {
        assertEquals(expected.replace("CP1", CP1), ClaimsParameter.of(CAE.withClaims(claims)));
    }
}
