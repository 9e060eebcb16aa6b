// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonInTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"m\":\"1\"}|1",
                "x {\"m\":\"1\"} y|1",
                "{\"m\":\"1\"}{\"m\":\"2\"}|1",
                "{\"n\":0}{\"m\":\"2\"}|2",
                "{bad {\"m\":\"2\"}|2",
                "{\"m\":\"a}\\\"{b\"}|a}\"{b",
                "{\"n\":{\"m\":\"inner\"}}|none",
                "{\"m\":\"1\"|none",
                "|none"
            })
    void find_member_isOfTheFirstCompleteObject(String text, String expected) {
        assertEquals(
                expected,
                JsonInText.find(text == null ? "" : text, "m")
                        .flatMap(object -> object.string("m"))
                        .orElse("none"));
    }

    @Test
    void find_manyBraces_givesUp() {
        assertTrue(JsonInText.find("{".repeat(99) + "{\"m\":\"1\"}", "m").isPresent());
        assertTrue(JsonInText.find("{".repeat(100) + "{\"m\":\"1\"}", "m").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 42, 20261124})
    void find_objectAmongNoise_isFound(long seed) {
        String[] noise = {"{", "}", "\"x\"", "\\", " ", "[1]", ":", "WARNING: y", "\n", "{}", "{\"a\":1}"};
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(8); n > 0; n--) {
                text.append(noise[random.nextInt(noise.length)]);
            }
            String value = Integer.toString(i);
            text.append("\n{\"m\":\"").append(value).append("\"}");
            for (int n = random.nextInt(8); n > 0; n--) {
                text.append(noise[random.nextInt(noise.length)]);
            }
            assertEquals(
                    value,
                    JsonInText.find(text.toString(), "m")
                            .flatMap(object -> object.string("m"))
                            .orElse("none"),
                    "seed " + seed + ": " + text);
        }
    }
}
