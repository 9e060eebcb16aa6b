// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The ways in which managed-identity endpoints have been seen to write {@code expires_on}.
 *
 * @since 0.1.0
 */
public enum ExpiryFormat {
    /** E1: epoch seconds as a number. */
    EPOCH_NUMBER(""),
    /** E2: epoch seconds as a string. */
    EPOCH_STRING(""),
    /** E3: {@code M/d/yyyy H:mm:ss XXX}, App Service on Linux, 2017. */
    APP_SERVICE_LINUX("M/d/yyyy H:mm:ss XXX"),
    /** E4: {@code M/d/yyyy h:mm:ss a XXX}, App Service on Windows, 2017. */
    APP_SERVICE_WINDOWS("M/d/yyyy h:mm:ss a XXX"),
    /** E5: ISO 8601 with seven digits of fraction and an offset. */
    ISO_OFFSET("yyyy-MM-dd'T'HH:mm:ss.SSS'0000'xxx"),
    /** E5: ISO 8601 with a {@code Z}. */
    ISO_ZULU("yyyy-MM-dd'T'HH:mm:ss'Z'"),
    /** E6: {@code MM/dd/yyyy HH:mm:ss}, UTC. */
    SLASHES("MM/dd/yyyy HH:mm:ss"),
    /** E6: {@code yyyy-MM-dd HH:mm:ss}, UTC. */
    DASHES("yyyy-MM-dd HH:mm:ss");

    private final String pattern;

    ExpiryFormat(String pattern) {
        this.pattern = pattern;
    }

    /**
     * Writes a moment in this form.
     *
     * @param instant the moment; fractions of a second are lost
     * @return a JSON value: a number, or a string in quotes
     */
    public String json(Instant instant) {
        long seconds = instant.getEpochSecond();
        if (this == EPOCH_NUMBER) {
            return Long.toString(seconds);
        }
        if (this == EPOCH_STRING) {
            return Json.write(Long.toString(seconds));
        }
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.US);
        // XXX writes Z for UTC; the endpoints wrote +00:00
        String text = formatter.format(Instant.ofEpochSecond(seconds).atOffset(ZoneOffset.UTC));
        return Json.write(pattern.endsWith("XXX") ? text.replace("Z", "+00:00") : text);
    }
}
