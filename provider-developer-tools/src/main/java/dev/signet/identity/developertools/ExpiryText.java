// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/** The ways in which tools write a moment. Nothing that cannot be the expiry of a token is taken for one. */
final class ExpiryText {
    private static final long EARLIEST = 1_000_000_000L;
    private static final long LATEST = 4_000_000_000L;
    private static final int MOST_CHARACTERS = 40;

    /** The year 1970 in the ticks of .NET, of which a second has ten million. */
    private static final long TICKS_OF_EPOCH = 621_355_968_000_000_000L;

    private static final DateTimeFormatter WALL_CLOCK = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);

    private ExpiryText() {}

    /** Seconds since 1970, as a whole number in any notation. */
    static Optional<Instant> epochSeconds(String text) {
        return seconds(number(text));
    }

    /** Seconds or milliseconds since 1970, or ticks of .NET. */
    static Optional<Instant> anyNumber(String text) {
        long number = number(text);
        if (number >= TICKS_OF_EPOCH) {
            return seconds((number - TICKS_OF_EPOCH) / 10_000_000);
        }
        return number >= EARLIEST * 1000 ? seconds(number / 1000) : seconds(number);
    }

    /** A date and time with offset (RFC 3339). */
    static Optional<Instant> withOffset(String text) {
        try {
            return seconds(OffsetDateTime.parse(text.strip()).toEpochSecond());
        } catch (DateTimeException other) {
            return Optional.empty();
        }
    }

    /** A date and time as a clock on the wall shows them; where it is ambiguous, the earlier moment. */
    static Optional<Instant> wallClock(String text, ZoneId zone) {
        try {
            return seconds(LocalDateTime.parse(text.strip(), WALL_CLOCK)
                    .atZone(zone)
                    .withEarlierOffsetAtOverlap()
                    .toEpochSecond());
        } catch (DateTimeException other) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> seconds(long seconds) {
        return seconds >= EARLIEST && seconds < LATEST ? Optional.of(Instant.ofEpochSecond(seconds)) : Optional.empty();
    }

    /** The whole number, or -1. */
    private static long number(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return -1;
        }
        try {
            return new BigDecimal(text.strip()).longValueExact();
        } catch (ArithmeticException | NumberFormatException other) {
            return -1;
        }
    }
}
