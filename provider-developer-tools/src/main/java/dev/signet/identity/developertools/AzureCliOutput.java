// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.AccessToken;
import dev.signet.identity.core.JsonObject;
import dev.signet.identity.core.JwtPayload;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Reads what {@code az} writes when it has a token. */
final class AzureCliOutput {
    private static final String REMEDY = "Try it by hand: `az account get-access-token`.";

    /** No version of az gives away a token with less time left. */
    private static final Duration LEAST_LEFT = Duration.ofMinutes(5);

    private AzureCliOutput() {}

    static AccessToken read(String output, ProviderContext context, ToolFailures failures) {
        JsonObject json = JsonInText.find(output, "accessToken").orElseThrow(() -> failures.unexpected(output, REMEDY));
        String text = json.string("accessToken").orElse("");
        Instant expiry = expiry(json, text, context)
                .orElseThrow(() -> failures.rejected("az wrote a token without an expiry that can be read", REMEDY));
        return TokenText.token(text, expiry, failures, REMEDY);
    }

    /** Epoch seconds where az is new enough; else what the token says; else a time in an unnamed zone. */
    private static Optional<Instant> expiry(JsonObject json, String text, ProviderContext context) {
        String local = json.string("expiresOn").orElse("");
        return ExpiryText.epochSeconds(json.scalar("expires_on").orElse(""))
                .or(() -> JwtPayload.read(text).flatMap(JwtPayload::expiresOn))
                .or(() -> ExpiryText.withOffset(local))
                .or(() -> ExpiryText.wallClock(local, zone(context.environment()))
                        .map(guess -> plausible(guess, context.clock().instant())));
    }

    /** The zone may be another one than that of az; a time in the past would be a wrong one. */
    private static Instant plausible(Instant guess, Instant now) {
        return guess.isAfter(now) ? guess : now.plus(LEAST_LEFT);
    }

    /** The zone in which az lives: that of its variable, else the system's. */
    private static ZoneId zone(Environment environment) {
        String name = environment.get("TZ").orElse("");
        try {
            return name.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(name.startsWith(":") ? name.substring(1) : name);
        } catch (DateTimeException posixRule) {
            return ZoneId.systemDefault();
        }
    }
}
