// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.AccessToken;
import dev.signet.identity.core.JsonObject;
import dev.signet.identity.core.JwtPayload;
import java.time.Instant;
import java.util.Optional;

/** Reads the answer of a {@link PowerShellScript}: what stands between its markers, and nothing else. */
final class PowerShellOutput {
    private static final String REMEDY = "Try it by hand: `Get-AzAccessToken`.";
    private static final String DATE = "/Date(";

    private PowerShellOutput() {}

    static AccessToken read(String output, String marker, ToolFailures failures) {
        int start = output.indexOf(marker) + marker.length();
        int end = start < marker.length() ? -1 : output.indexOf(marker, start);
        if (end < 0) {
            throw failures.unexpected(output, REMEDY);
        }
        JsonObject json = JsonInText.find(output.substring(start, end), "Token")
                .orElseThrow(() -> failures.rejected("pwsh wrote an answer without a token", REMEDY));
        String text = json.string("Token").orElse("");
        Instant expiry = expiry(json.scalar("ExpiresOn").orElse(""))
                .or(() -> JwtPayload.read(text).flatMap(JwtPayload::expiresOn))
                .orElseThrow(() -> failures.rejected("pwsh wrote a token without an expiry that can be read", REMEDY));
        return TokenText.token(text, expiry, failures, REMEDY);
    }

    /** A number, a date, or a number in the words of the older PowerShell, whose offset means nothing. */
    private static Optional<Instant> expiry(String text) {
        if (!text.startsWith(DATE)) {
            return ExpiryText.anyNumber(text).or(() -> ExpiryText.withOffset(text));
        }
        int end = DATE.length();
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return ExpiryText.anyNumber(text.substring(DATE.length(), end));
    }
}
