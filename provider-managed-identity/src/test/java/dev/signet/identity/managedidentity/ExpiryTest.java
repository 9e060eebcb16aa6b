// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.identity.core.JsonObject;
import dev.signet.identity.testkit.ExpiryFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest {
    private static final Instant MOMENT = Instant.parse("2027-03-04T15:06:07Z");

    @ParameterizedTest(name = "M8 {0}")
    @EnumSource(ExpiryFormat.class)
    void epochMillis_format_givesExactInstant(ExpiryFormat format) {
        assertEquals(MOMENT.toEpochMilli(), parse(format.json(MOMENT)));
    }

    @ParameterizedTest(name = "M8 {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "E3 | 03/04/2027 15:06:07 +00:00",
                "E3 | 3/4/2027 16:06:07 +01:00",
                "E4 | 3/4/2027 3:06:07 PM +00:00",
                "E4 | 3/4/2027 10:06:07 am -05:00",
                "E5 | 2027-03-04T15:06:07.0000000Z",
                "E5 | 2027-03-04T15:06:07.0000000+00:00",
                "E5 | 2027-03-04T17:06:07+02:00",
                "E6 | 03/04/2027 15:06:07",
                "E6 | 2027-03-04 15:06:07"
            })
    void epochMillis_date_givesExactInstant(String row, String text) {
        assertEquals(MOMENT.toEpochMilli(), parse('"' + text + '"'));
    }

    @ParameterizedTest(name = "M9 {0}")
    @ValueSource(strings = {"de", "ar", "th-TH-u-ca-buddhist", "fa-IR-u-nu-arabext", "ja-JP-u-ca-japanese"})
    void epochMillis_defaultLocale_doesNotMatter(String tag) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(tag));
        try {
            assertEquals(MOMENT.toEpochMilli(), parse("\"3/4/2027 3:06:07 PM +00:00\""));
            assertEquals(MOMENT.toEpochMilli(), parse("\"2027-03-04 15:06:07\""));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"\"31/31/2027 15:06:07\"", "\"2027-03-04\"", "\"12:00\"", "true", "[1]", "1.5", "\"１２\""})
    void epochMillis_garbage_isUnknown(String json) {
        assertEquals(Expiry.UNKNOWN, parse(json));
    }

    private static long parse(String json) {
        byte[] body = ("{\"expires_on\":" + json + "}").getBytes(StandardCharsets.UTF_8);
        return Expiry.epochMillis(JsonObject.parse(body).orElseThrow(), 0);
    }
}
