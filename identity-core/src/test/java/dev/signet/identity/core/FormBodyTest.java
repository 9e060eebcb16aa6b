// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FormBodyTest {
    @Test
    void add_rowC9_encodesOnce() {
        FormBody form = new FormBody()
                .add("resource", "https://x/?a=b&c d")
                .add("a&b", "+%\u00e9\r\n")
                .add("empty", "");
        assertEquals("resource=https%3A%2F%2Fx%2F%3Fa%3Db%26c%20d&a%26b=%2B%25%C3%A9%0D%0A&empty=", form.text());
        assertEquals(form.text(), new String(form.bytes(), StandardCharsets.US_ASCII));
        assertEquals("FormBody[" + form.text().length() + " characters]", form.toString());
    }
}
