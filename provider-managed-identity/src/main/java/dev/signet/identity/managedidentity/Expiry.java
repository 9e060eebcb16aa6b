// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.core.JsonObject;

/** When a token expires, in all the ways in which hosts say it. */
final class Expiry {
    /** No usable time: {@value}. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private static final int MAX_DIGITS = 11;

    private Expiry() {}

    /** {@code expires_on} as epoch seconds or date, else {@code expires_in} from the moment of sending. */
    static long epochMillis(JsonObject body, long sentMillis) {
        String expiresOn = body.scalar("expires_on").orElse("").strip();
        if (!expiresOn.isEmpty()) {
            long seconds = seconds(expiresOn);
            long millis = seconds >= 0 ? seconds * 1000 : isDate(expiresOn) ? ExpiryDates.parse(expiresOn) : UNKNOWN;
            if (millis != UNKNOWN) {
                return millis;
            }
        }
        long seconds = seconds(body.scalar("expires_in").orElse(""));
        return seconds < 0 ? UNKNOWN : sentMillis + seconds * 1000;
    }

    /** A whole number of seconds, or -1 for anything else. */
    static long seconds(String text) {
        String digits = text.strip();
        if (digits.isEmpty() || digits.length() > MAX_DIGITS) {
            return -1;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return -1;
            }
        }
        return Long.parseLong(digits);
    }

    /** Long numbers are not dates, and no reason to load the formatters. */
    private static boolean isDate(String text) {
        return text.indexOf(':') > 0;
    }
}
