// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Reads dates in HTTP headers (RFC 9110 section 5.6.7). Apart, so that its classes load only when one comes. */
final class HttpDate {
    private HttpDate() {}

    /** The time until a date, rounded up and not below zero; -1 if it is malformed. */
    static long secondsUntil(String date, InstantSource clock) {
        try {
            ZonedDateTime when = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.US));
            long millis = when.toInstant().toEpochMilli() - clock.millis();
            return Math.max(0, (millis + 999) / 1000);
        } catch (DateTimeParseException malformed) {
            return -1;
        }
    }
}
