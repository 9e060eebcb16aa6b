// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void object_readAndWritten_isTheSame() {
        String text = "{\"a\":\"x\\\"\\\\\\u0001é\",\"b\":[true,false,null,{}],\"c\":[],\"d\":-1.5}";

        assertEquals(text, Json.write(Json.readObject(text)));
    }

    @Test
    void object_escapesAndBlanks_areUnderstood() {
        Map<String, Object> object = Json.readObject(" { \"a\" : \"\\n\\t\\r\\b\\f\\/\\u00e9\" , \"b\" : 1e2 } ");

        assertEquals("\n\t\r\b\f/é", object.get("a"));
        assertEquals(100.0, object.get("b"));
    }

    @Test
    void raw_isWrittenAsItStands() {
        assertEquals("[1,{\"x\":2}]", Json.write(List.of(1, new Json.Raw("{\"x\":2}"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":tru}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"",
                "{} x",
                "{a:1}",
                "{\"a\":1-}",
                "{\"a\":\"\u0001\"}"
            })
    void text_malformed_isRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Json.readObject(text));
    }

    @Test
    void text_deep_isRefused() {
        String text = "{\"a\":" + "[".repeat(10_000);
        assertThrows(IllegalArgumentException.class, () -> Json.readObject(text));
    }
}
