// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsChallengeTest {
    private static final String CLAIMS = "{\"access_token\":{\"xms_cc\":{\"values\":[\"c?>~\"]}}}";
    private static final String ENCODED = Base64.getEncoder().encodeToString(CLAIMS.getBytes(StandardCharsets.UTF_8));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer error=\"insufficient_claims\", claims=\"%s\"",
                "bearer claims=\"%s\" , error=insufficient_claims",
                "Bearer realm=\"a \\\"b\\\", c\", error=\"insufficient_claims\", claims=\"%s\"",
                "Bearer error = \"insufficient_claims\",claims = \"%s\"",
                "Negotiate YWJj==, Bearer error=\"insufficient_claims\", claims=\"%s\"",
                "Basic realm=\"x\", Bearer error=\"insufficient_claims\", claims=\"%s\", PoP nonce=\"n\"",
                ",, Bearer  error=\"insufficient_claims\", claims=\"%s\" ,"
            })
    void claims_inBearerChallenge_areFound(String header) {
        assertEquals(CLAIMS, ClaimsChallenge.claims(List.of("Basic realm=\"first\"", header.formatted(ENCODED))));
        String urlSafe = ENCODED.replace('+', '-').replace('/', '_').replace("=", "");
        assertEquals(CLAIMS, ClaimsChallenge.claims(List.of(header.formatted(urlSafe))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer error=\"invalid_token\", claims=\"%s\"",
                "Bearer claims=\"%s\"",
                "Bearer error=\"insufficient_claims\"",
                "Bearer error=\"insufficient_claims\", PoP claims=\"%s\"",
                "PoP error=\"insufficient_claims\", claims=\"%s\"",
                "Bearer error=\"insufficient_claims\", claims=\"not base64!\"",
                "Bearer error=\"insufficient_claims\", claims=\"bm8gSlNPTg==\"",
                "Bearer error=\"insufficient_claims\", xclaims=\"%s\""
            })
    void claims_elsewhere_areNot(String header) {
        assertNull(ClaimsChallenge.claims(List.of(header.formatted(ENCODED))));
    }

    @Test
    void claims_randomHeaders_endAndDoNotThrow() {
        String[] parts = {"Bearer", " ", ",", "=", "\"", "\\", "error", "claims", "insufficient_claims", ENCODED, "\t"};
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            StringBuilder header = new StringBuilder();
            for (int part = random.nextInt(14); part > 0; part--) {
                header.append(parts[random.nextInt(parts.length)]);
            }
            String claims = ClaimsChallenge.claims(List.of(header.toString()));
            assertEquals(claims == null ? null : CLAIMS, claims, "seed " + seed + ": " + header);
        }
    }
}
