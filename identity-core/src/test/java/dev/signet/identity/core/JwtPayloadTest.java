// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtPayloadTest {
    @Test
    void read_claims() {
        JwtPayload user = JwtPayload.read(token("{\"tid\":\"t\",\"appid\":\"a\",\"oid\":\"o\",\"upn\":\"u\u00ff?>\"}"))
                .orElseThrow();
        assertEquals(Optional.of("t"), user.tenantId());
        assertEquals(Optional.of("a"), user.clientId());
        assertEquals(Optional.of("o"), user.objectId());
        assertEquals(Optional.of("u\u00ff?>"), user.userName());
        assertEquals("JwtPayload[***]", user.toString());
        JwtPayload other = JwtPayload.read(token("{\"azp\":\"a\",\"preferred_username\":\"p\",\"tid\":5}"))
                .orElseThrow();
        assertEquals(Optional.of("a"), other.clientId());
        assertEquals(Optional.of("p"), other.userName());
        assertEquals(Optional.empty(), other.tenantId());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"exp\":1999999999}|2033-05-18T03:33:19Z",
                "{\"exp\":1999999999.9}|2033-05-18T03:33:19Z",
                "{\"exp\":\"1999999999\"}|2033-05-18T03:33:19Z",
                "{\"exp\":\"soon\"}|",
                "{\"exp\":\"NaN\"}|",
                "{\"exp\":0}|",
                "{\"exp\":-5}|",
                "{\"exp\":1e300}|",
                "{\"exp\":null}|",
                "{}|"
            })
    void expiresOn_ofClaim_isTheMomentOrNothing(String claims, Instant expected) {
        assertEquals(
                Optional.ofNullable(expected),
                JwtPayload.read(token(claims)).orElseThrow().expiresOn());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opaque", "a.b", "..", "a.!!.c", "a.bnVsbA.c", "a.e30", "\u00e9.\u00e9.\u00e9"})
    void read_anythingElse_isEmpty(String token) {
        assertEquals(Optional.empty(), JwtPayload.read(token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"exp\":\"x\"}", "{\"exp\":-1}", "{\"exp\":9223372036854775807}"})
    void expiresOn_otherThanSeconds_isEmpty(String claims) {
        assertEquals(
                Optional.empty(), JwtPayload.read(token(claims)).orElseThrow().expiresOn());
    }

    @Test
    void expiresOn_isTheClaim() {
        assertEquals(
                Optional.of(Instant.ofEpochSecond(1_900_000_000L)),
                JwtPayload.read(token("{\"exp\":1900000000}")).orElseThrow().expiresOn());
    }

    private static String token(String claims) {
        return "e30."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }
}
