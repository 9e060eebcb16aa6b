// SPDX-License-Identifier: MIT
package dev.signet.identity.msal.internal;

import dev.signet.identity.core.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a user is told who signs in on another device (RFC 8628 section 3.2), without the code that the program keeps.
 *
 * @param userCode what the user types in
 * @param verificationUri where
 * @param verificationUriComplete the same address with the code in it, where the server gives one
 * @param expiresOn until when
 * @param interval the time between two questions whether the user is done
 * @param message all of it in words, as the server puts it
 */
public record DevicePrompt(
        String userCode,
        String verificationUri,
        @Nullable String verificationUriComplete,
        Instant expiresOn,
        Duration interval,
        String message) {
    private static final long DEFAULT_INTERVAL_SECONDS = 5;
    private static final long DEFAULT_LIFETIME_SECONDS = 1800;

    /** Reads the answer of the device endpoint; null if it lacks a code or an address. */
    static @Nullable DevicePrompt read(JsonObject answer, Instant now) {
        String code = answer.string("user_code").orElse("");
        String address = answer.string("verification_uri")
                .or(() -> answer.string("verification_url"))
                .orElse("");
        if (answer.string("device_code").orElse("").isEmpty() || code.isEmpty() || address.isEmpty()) {
            return null;
        }
        String message = answer.string("message")
                .orElse("To sign in, open " + address + " in a browser and enter the code " + code + ".");
        return new DevicePrompt(
                code,
                address,
                answer.string("verification_uri_complete").orElse(null),
                now.plusSeconds(seconds(answer, "expires_in", DEFAULT_LIFETIME_SECONDS)),
                Duration.ofSeconds(seconds(answer, "interval", DEFAULT_INTERVAL_SECONDS)),
                message);
    }

    private static long seconds(JsonObject answer, String name, long usual) {
        try {
            long seconds = Long.parseLong(answer.scalar(name).orElse(""));
            return seconds < 0 || seconds > Integer.MAX_VALUE ? usual : seconds;
        } catch (NumberFormatException malformed) {
            return usual;
        }
    }

    @Override
    public String toString() {
        return "DevicePrompt[***]";
    }
}
