// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Expiry as a date, whatever the default locale. Loaded only where a host writes dates. */
final class ExpiryDates {
    private static final DateTimeFormatter[] FORMATS = {
        DateTimeFormatter.ISO_OFFSET_DATE_TIME,
        format("M/d/uuuu H:mm:ss XXX"),
        format("M/d/uuuu h:mm:ss a XXX"),
        format("M/d/uuuu H:mm:ss"),
        format("uuuu-M-d H:mm:ss")
    };

    private ExpiryDates() {}

    /** The moment in milliseconds; UTC where the text has no offset. */
    static long parse(String text) {
        for (DateTimeFormatter format : FORMATS) {
            try {
                TemporalAccessor date = format.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
                OffsetDateTime moment = date instanceof OffsetDateTime known
                        ? known
                        : LocalDateTime.from(date).atOffset(ZoneOffset.UTC);
                return moment.toInstant().toEpochMilli();
            } catch (DateTimeParseException other) {
                // the next format may fit
            }
        }
        return Expiry.UNKNOWN;
    }

    private static DateTimeFormatter format(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.US);
    }
}
