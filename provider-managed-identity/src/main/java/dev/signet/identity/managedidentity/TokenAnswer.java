// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.core.JsonObject;
import dev.signet.identity.spi.TransportResponse;
import java.time.Instant;
import java.util.Optional;

/** An answer with status 200, read with care: where it came from is not known to be what it says. */
final class TokenAnswer {
    private static final long TWO_HOURS_MILLIS = 7_200_000;

    private final SourceKind source;
    private final JsonObject body;

    private TokenAnswer(SourceKind source, JsonObject body) {
        this.source = source;
        this.body = body;
    }

    /** Reads the body; anything but a JSON object shows that another system answered. */
    static TokenAnswer read(SourceKind source, TransportResponse response) {
        Optional<JsonObject> body = JsonObject.parse(response.body());
        if (body.isEmpty()) {
            throw new ClientAuthenticationException(
                    FailureDetails.rejected(Failures.CREDENTIAL, source.words + " answered, but not with a JSON object")
                            .outcome(Outcome.UNAVAILABLE)
                            .unavailableReason(UnavailableReason.UNEXPECTED_ANSWER)
                            .httpStatus(response.status())
                            .remedy("Check that no proxy or other system answers in its place.")
                            .build());
        }
        return new TokenAnswer(source, body.get());
    }

    /** Whether a member repeats a text, ignoring case. */
    boolean echoes(String member, String text) {
        return text.equalsIgnoreCase(body.string(member).orElse(""));
    }

    /** The token with its times. */
    AccessToken token(long sentMillis, long nowMillis) {
        String type = body.has("token_type") ? body.string("token_type").orElse("?") : "";
        if (!type.isEmpty() && !type.equalsIgnoreCase(AccessToken.BEARER)) {
            throw unusable("its token is not a bearer token", "Use a client that can prove possession of a key.");
        }
        long expires = Expiry.epochMillis(body, sentMillis);
        if (expires == Expiry.UNKNOWN) {
            throw unusable("its answer does not say when the token expires", "Report this to the host's operator.");
        }
        AccessToken token;
        try {
            token = AccessToken.of(
                    body.string("access_token").orElse(""), Instant.ofEpochMilli(expires), Failures.CREDENTIAL);
        } catch (IllegalArgumentException unprintable) {
            throw unusable("its answer has no usable access_token", "Report this to the host's operator.");
        }
        if (expires <= nowMillis) {
            throw unusable("its token has already expired", "Check the clock of this machine.");
        }
        long refresh = refreshMillis(sentMillis, expires - sentMillis);
        return refresh == 0 ? token : token.withRefreshOn(Instant.ofEpochMilli(refresh));
    }

    /** What the source advises, else half of a long life, else none. */
    private long refreshMillis(long sentMillis, long lifetimeMillis) {
        long advised = Expiry.seconds(body.scalar("refresh_in").orElse("")) * 1000;
        if (advised > 0 && advised < lifetimeMillis) {
            return sentMillis + advised;
        }
        return lifetimeMillis >= TWO_HOURS_MILLIS ? sentMillis + lifetimeMillis / 2 : 0;
    }

    private ClientAuthenticationException unusable(String what, String remedy) {
        return new ClientAuthenticationException(
                FailureDetails.rejected(Failures.CREDENTIAL, source.words + " answered, but " + what)
                        .httpStatus(200)
                        .remedy(remedy)
                        .build());
    }
}
