// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
    @Test
    void parse_everyType_isReadAsItself() {
        JsonObject json = read("{\"s\":\"t\\u00e9\",\"i\":12,\"f\":1.50,\"b\":true,\"n\":null,\"o\":{\"x\":\"y\"},"
                        + "\"a\":[\"p\",1,{\"q\":2},null,2147483648,true]}")
                .orElseThrow();
        assertEquals(Optional.of("t\u00e9"), json.string("s"));
        assertEquals(Optional.empty(), json.string("i"));
        assertEquals(Optional.of("12"), json.scalar("i"));
        assertEquals(Optional.of("1.50"), json.scalar("f"));
        assertEquals(Optional.of("t\u00e9"), json.scalar("s"));
        assertEquals(Optional.empty(), json.scalar("b"));
        assertEquals(Optional.of("y"), json.object("o").orElseThrow().string("x"));
        assertEquals(Optional.empty(), json.object("s"));
        assertEquals(List.of("p"), json.strings("a"));
        assertEquals(List.of(1), json.integers("a"));
        assertEquals(1, json.objects("a").size());
        assertEquals(List.of(), json.strings("s"));
        assertEquals(List.of(), json.integers("absent"));
        assertEquals(List.of(), json.objects("o"));
        assertTrue(json.has("b"));
        assertFalse(json.has("n"));
        assertFalse(json.has("absent"));
    }

    @Test
    void parse_duplicates_rowM15_lastWins() {
        assertEquals(
                Optional.of("2"),
                read("{\"a\":\"1\",\"a\":\"2\"}").orElseThrow().string("a"));
        assertFalse(read("{\"a\":\"1\",\"a\":null}").orElseThrow().has("a"));
    }

    @Test
    void parse_byteOrderMark_rowM14_isSkipped() {
        assertEquals(
                Optional.of("b"), read("\ufeff{\"a\":\"b\"}\r\n ").orElseThrow().string("a"));
    }

    @Test
    void parse_bigNumbers_keepTheirDigits() {
        String digits = "9".repeat(200);
        assertEquals(
                Optional.of(digits),
                read("{\"a\":" + digits + "}").orElseThrow().scalar("a"));
        assertEquals(Optional.of("1E400"), read("{\"a\":1E400}").orElseThrow().scalar("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"x\"",
                "5",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":[1",
                "{\"a\":{\"b\":1}",
                "{\"a\":1}}",
                "{\"a\":1} x",
                "{} {}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":01}",
                "<html>",
                "{\"a\":\"\n\"}",
                "{\"a\":1,}"
            })
    void parse_noObject_isEmpty(String text) {
        assertEquals(Optional.empty(), read(text));
    }

    @Test
    void parse_invalidUtf8_isEmpty() {
        assertEquals(Optional.empty(), JsonObject.parse("{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"a\":["})
    void parse_tenThousandLevels_rowM19_isEmptyWithoutOverflow(String level) {
        assertEquals(Optional.empty(), read("{\"a\":" + level.repeat(10_000)));
    }

    @Test
    void parse_deeperThanAnybodyNeeds_isLeftOut() {
        JsonObject json = read("{\"a\":" + "[".repeat(100) + "]".repeat(100) + ",\"b\":\"c\"}")
                .orElseThrow();
        assertEquals(Optional.of("c"), json.string("b"));
    }

    @Test
    void parse_randomDamage_neverThrows() {
        Random random = new Random(5);
        byte[] good = "{\"a\":[1,{\"b\":\"\u20ac\\n\"}],\"c\":-1.5e3,\"d\":null}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            for (int k = 0; k <= random.nextInt(4); k++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            JsonObject.parse(bad).ifPresent(json -> json.integers("a"));
        }
    }

    @Test
    void toString_showsNamesOnly() {
        assertEquals(
                "JsonObject[a, b]",
                read("{\"a\":\"canary\",\"b\":1}").orElseThrow().toString());
    }

    private static Optional<JsonObject> read(String text) {
        return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
