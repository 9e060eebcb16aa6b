// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String[] NAMES = {
        "access_token",
        "refresh_token",
        "id_token",
        "client_secret",
        "client_assertion",
        "assertion",
        "password",
        "secret",
        "device_code",
        "code_verifier",
        "accessToken",
        "IDENTITY_HEADER",
        "X-IDENTITY-HEADER",
        "AZURE_CLIENT_SECRET",
        "MSI_SECRET",
        "AZURE_PASSWORD",
        "private_key"
    };
    private static final String[] SHAPES = {
        "{\"%s\":\"%s\"}",
        "{\"%s\" : \"%s\", \"x\": 1}",
        "{\\\"%s\\\":\\\"%s\\\"}",
        "a=b&%s=%s&c=d",
        "%s=%s",
        "--%s=%s",
        "%s: %s",
        "'%s':'%s'",
        "/path/%s=%s",
        "<b>%s=%s</b>"
    };
    private static final String[] NOISE = {
        "{", "}", "\"", "'", "\\", "&", "=", ":", ",", " ", "\n", "eyJ", "error", "***", "..."
    };

    @Test
    void quote_harmlessText_staysAsItIs() {
        String text = "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent is the value,"
                + " not the ID; see https://aka.ms/x?y=1. The assertion has expired (invalid_client_secret).";
        assertEquals(text, Redaction.quote(text));
        assertEquals("", Redaction.quote(""));
    }

    @Test
    void quote_controlCharacters_becomeOneBlank() {
        assertEquals("a b c d e", Redaction.quote("\r\n a\r\n\tb\u001bc\u0085d\u2028\u202ee\u007f"));
    }

    @Test
    void scrub_jwt_isMaskedWhereverItStands() {
        String jwt = "eyJ0eXAiOiJKV1QifQ.eyJhdWQiOiJ4In0.c2ln-_";
        assertEquals("Bearer ***", Redaction.scrub("Bearer " + jwt));
        assertEquals("\"x\":\"***\",***", Redaction.scrub("\"x\":\"" + jwt + "\"," + jwt));
        assertEquals("eyJ is short", Redaction.scrub("eyJ is short"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\":\"canary, canary\"}",
                "{\"password\":\"say \\\"canary\\\" canary\",\"x\":1}",
                "{\\\"client_secret\\\":\\\"canary canary\\\"}",
                "AZURE_CLIENT_SECRET=canary",
                "--password=canary",
                "x=password=canary",
                "secret = 'canary;canary'",
                "\"password\":\"canary cut off",
            })
    void scrub_namedSecret_isMaskedToItsEnd(String text) {
        String scrubbed = Redaction.scrub(text);
        assertFalse(scrubbed.contains("canary"), scrubbed);
        assertTrue(scrubbed.contains("***"), scrubbed);
    }

    @Test
    void scrub_whatFollowsASecret_stays() {
        assertEquals(
                "{\"password\":\"***\",\"user\":\"u\"}",
                Redaction.scrub("{\"password\":\"a \\\"b\\\"\",\"user\":\"u\"}"));
        assertEquals("secret=***&scope=s", Redaction.scrub("secret=x&scope=s"));
        assertEquals(
                "{\\\"secret\\\":\\\"***\\\",\\\"a\\\":1}",
                Redaction.scrub("{\\\"secret\\\":\\\"x y\\\",\\\"a\\\":1}"));
    }

    @Test
    void quote_longText_isBoundedWithoutHalfACharacter() {
        String quoted = Redaction.quote("x.".repeat(254) + "\ud83d\ude00".repeat(100));
        assertEquals("x.".repeat(254) + "...", quoted);
        assertEquals(512, Redaction.quote("x.".repeat(50_000)).length());
        assertEquals("x.".repeat(256), Redaction.quote("x.".repeat(256)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"token\": \"secret\"}|{\"token\": \"***\"}",
                "{\"Token\":\"secret|{\"Token\":\"***",
                "token=secret&x=y|token=***&x=y",
                "Token = secret|Token = ***",
                "fetching token: AADSTS50076: more|fetching token: AADSTS50076: more",
                "Get-AzAccessToken: AADSTS50076: more|Get-AzAccessToken: AADSTS50076: more",
                "Get-AzAccessToken : Run this|Get-AzAccessToken : Run this",
                "accessToken: secret|accessToken: ***",
                "myAccessToken=secret|myAccessToken=***",
                "the token|the token",
                "tokenType: Bearer|tokenType: Bearer"
            })
    void scrub_wordToken_isANameOnlyWhereAValueFollows(String text, String expected) {
        assertEquals(expected, Redaction.scrub(text));
    }

    @Test
    void scrub_longRunOfBase64Url_isMaskedAndIdsAreNot() {
        String run = "0Ab_-".repeat(13).substring(0, 64);
        assertEquals("got *** here", Redaction.scrub("got " + run + " here"));
        assertEquals("(***)", Redaction.scrub("(" + run + "xyz)"));
        assertEquals(run.substring(1), Redaction.scrub(run.substring(1)));
        String id = "/subscriptions/5196f0a2-4c38-4be1-9d7a-0a6f83c1e2d4/resourceGroups/some-resource-group";
        assertEquals(id, Redaction.scrub(id));
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 42, 20261124})
    void quote_randomTextsWithSecrets_neverShowsThem(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            String canary = "cAnArY" + Long.toString(random.nextLong() >>> 1, 36);
            String secret = random.nextBoolean() ? canary : jwt(canary);
            String carrier = random.nextInt(3) == 0
                    ? jwt(canary)
                    : String.format(SHAPES[random.nextInt(SHAPES.length)], NAMES[random.nextInt(NAMES.length)], secret);
            String text = noise(random) + " " + carrier + " " + noise(random);
            String quoted = Redaction.quote(text);
            String hint = "seed " + seed + ", round " + i + ": " + text;
            assertFalse(quoted.contains("cAnArY"), hint);
            assertFalse(quoted.contains(body(canary)), hint);
            assertTrue(quoted.length() <= Redaction.MAX_QUOTED, hint);
            assertEquals(quoted, Redaction.quote(quoted), hint);
        }
    }

    private static String noise(Random random) {
        StringBuilder text = new StringBuilder();
        int parts = random.nextInt(random.nextInt(10) == 0 ? 400 : 12);
        for (int i = 0; i < parts; i++) {
            text.append(
                    random.nextInt(3) == 0 ? NAMES[random.nextInt(NAMES.length)] : NOISE[random.nextInt(NOISE.length)]);
        }
        return text.toString();
    }

    private static String jwt(String canary) {
        return encode("{\"alg\":\"RS256\"}") + "." + body(canary) + "." + encode("signature");
    }

    private static String body(String canary) {
        return encode("{\"sub\":\"" + canary + "\"}");
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
