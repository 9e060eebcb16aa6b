// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A sign-in on another device (RFC 8628): its codes, and how far it has come. */
final class DeviceSignIn {
    static final Duration LIFETIME = Duration.ofMinutes(15);
    static final Duration INTERVAL = Duration.ofSeconds(5);

    /** A question that comes a little early, by the way its client counts, is no reason to complain. */
    private static final Duration TOLERANCE = Duration.ofMillis(500);

    private final String userCode;
    private final String clientId;
    private final Instant expiresOn;
    private final AtomicReference<@Nullable Asked> asked = new AtomicReference<>();
    private final AtomicReference<@Nullable User> user = new AtomicReference<>();
    private volatile boolean declined;
    private volatile boolean done;

    /** When the client asked last, and how long it must wait since. */
    private record Asked(Instant when, Duration interval) {}

    DeviceSignIn(String userCode, String clientId, Instant now) {
        this.userCode = userCode;
        this.clientId = clientId;
        this.expiresOn = now.plus(LIFETIME);
    }

    String userCode() {
        return userCode;
    }

    String clientId() {
        return clientId;
    }

    void approve(User who) {
        user.set(who);
    }

    void decline() {
        declined = true;
    }

    /** Whether a user still has to act. */
    boolean open() {
        return user.get() == null && !declined && !done;
    }

    @Nullable
    User user() {
        return user.get();
    }

    /** Whether the client waited long enough since it last asked; if not, it must wait longer from now on. */
    boolean patient(Instant now) {
        Asked last = asked.get();
        Duration interval = last == null ? INTERVAL : last.interval;
        boolean early = last != null && now.isBefore(last.when.plus(interval).minus(TOLERANCE));
        asked.set(new Asked(now, early ? interval.plus(INTERVAL) : interval));
        return !early;
    }

    /** The answer to a question that comes in time: the error, or null if there is a user. */
    @Nullable
    EntraError refusal(Instant now) {
        if (done) {
            return EntraError.badRequest("invalid_grant", 54005, "OAuth2 device code was already redeemed.");
        }
        if (declined) {
            return EntraError.badRequest(
                    "authorization_declined", 70016, "The user declined to sign in on the other device.");
        }
        if (!now.isBefore(expiresOn)) {
            return EntraError.badRequest("expired_token", 70020, "The provided value for the device code has expired.");
        }
        return user.get() == null
                ? EntraError.badRequest(
                        "authorization_pending",
                        70016,
                        "OAuth 2.0 device flow error. Authorization is pending. Continue polling.")
                : null;
    }

    void redeemed() {
        done = true;
    }
}
