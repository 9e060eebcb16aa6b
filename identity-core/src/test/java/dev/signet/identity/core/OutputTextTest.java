// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputTextTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "line ends, 'a\r\nb\rc\nd\r', 'a\nb\nc\nd\n'",
        "colours, '\u001b[1;31mERROR\u001b[0m: x\u001b[K', 'ERROR: x'",
        "title with bell, 'a\u001b]0;title\u0007b', ab",
        "title with terminator, 'a\u001b]8;;http://x\u001b\\b', ab",
        "title without end, 'a\u001b]0;title\nb', ab",
        "two characters, 'a\u001b(b', ab",
        "escape at the end, 'a\u001b', a",
        "sequence cut off, 'a\u001b[12', a",
        "controls, 'a\u0000\u0008\u007f\tb', 'a\tb'",
        "byte order mark, '\ufeff{}', {}",
        "only the first mark, '\ufeff\ufeff{}', '\ufeff{}'"
    })
    void decode_utf8_isPlainText(String name, String written, String expected) {
        assertEquals(expected, OutputText.decode(written.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void decode_utf16WithMark_isRead() {
        assertEquals("{\"a\"}", OutputText.decode("\ufeff{\"a\"}".getBytes(StandardCharsets.UTF_16LE)));
        assertEquals("{\"a\"}", OutputText.decode("\ufeff{\"a\"}".getBytes(StandardCharsets.UTF_16BE)));
    }

    @Test
    void decode_otherBytes_areReplaced() {
        assertEquals("a\ufffdb", OutputText.decode(new byte[] {'a', (byte) 0xE9, 'b'}));
        assertEquals("", OutputText.decode(new byte[0]));
        assertEquals("a", OutputText.decode(new byte[] {'a'}));
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 42, 20261124})
    void decode_randomBytes_leavesNoControls(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            String text = OutputText.decode(bytes);
            assertTrue(
                    text.chars().allMatch(c -> c >= ' ' && c != 0x7F || c == '\n' || c == '\t'),
                    "seed " + seed + ", round " + i);
        }
    }
}
