// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What one run of a {@link ScriptedTool} does: what it writes, how long it takes, which signals it ignores, what it
 * leaves running. Immutable.
 *
 * @since 0.1.0
 */
public final class ToolReply {
    private static final DateTimeFormatter WALL_CLOCK =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    private final Parts parts;

    private ToolReply(Parts parts) {
        this.parts = parts;
    }

    /**
     * A run that writes a text and ends with exit code 0.
     *
     * @param text for its standard output
     * @return a new reply
     */
    public static ToolReply output(String text) {
        return output(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A run that writes bytes and ends with exit code 0.
     *
     * @param bytes for its standard output
     * @return a new reply
     */
    public static ToolReply output(byte[] bytes) {
        Parts parts = new Parts();
        parts.output = bytes.clone();
        return new ToolReply(parts);
    }

    /**
     * A run that complains and ends with exit code 1.
     *
     * @param text for its standard error output
     * @return a new reply
     */
    public static ToolReply failure(String text) {
        return output("").errors(text).exitCode(1);
    }

    /**
     * A run that writes nothing and does not end by itself.
     *
     * @return a new reply
     */
    public static ToolReply hang() {
        return output("").lingers(Duration.ofMinutes(5));
    }

    /**
     * What {@code az account get-access-token} writes.
     *
     * @param token the access token
     * @param expiresOn its expiry
     * @return a new reply
     */
    public static ToolReply azToken(String token, Instant expiresOn) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("accessToken", token);
        body.put("expires_on", expiresOn.getEpochSecond());
        body.put("expiresOn", WALL_CLOCK.format(expiresOn.atOffset(ZoneOffset.UTC)));
        body.put("tenant", EmbeddedAuthority.DEFAULT_TENANT);
        body.put("tokenType", "Bearer");
        return output(Json.write(body) + "\n");
    }

    /**
     * What {@code azd auth token} writes.
     *
     * @param token the access token
     * @param expiresOn its expiry
     * @return a new reply
     */
    public static ToolReply azdToken(String token, Instant expiresOn) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("token", token);
        body.put("expiresOn", DateTimeFormatter.ISO_INSTANT.format(expiresOn.truncatedTo(ChronoUnit.SECONDS)));
        return output(Json.write(body) + "\n");
    }

    /**
     * What PowerShell writes when it runs the script of {@code AzurePowerShellCredential} and somebody is signed in.
     *
     * @param token the access token
     * @param expiresOn its expiry
     * @return a new reply
     */
    public static ToolReply powerShellToken(String token, Instant expiresOn) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("Token", token);
        body.put("ExpiresOn", expiresOn.getEpochSecond());
        return output(Json.write(body)).betweenMarkers();
    }

    /**
     * The same with a text for the standard error output.
     *
     * @param text written before the standard output
     * @return a new reply
     */
    public ToolReply errors(String text) {
        return errors(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The same with bytes for the standard error output.
     *
     * @param bytes written before the standard output
     * @return a new reply
     */
    public ToolReply errors(byte[] bytes) {
        Parts changed = new Parts(parts);
        changed.errors = bytes.clone();
        return new ToolReply(changed);
    }

    /**
     * The same with another exit code.
     *
     * @param exitCode from 0 to 255
     * @return a new reply
     */
    public ToolReply exitCode(int exitCode) {
        Parts changed = new Parts(parts);
        changed.exitCode = exitCode;
        return new ToolReply(changed);
    }

    /**
     * The same after a while.
     *
     * @param delay the time before anything is written
     * @return a new reply
     */
    public ToolReply delay(Duration delay) {
        Parts changed = new Parts(parts);
        changed.delay = delay;
        return new ToolReply(changed);
    }

    /**
     * The same with its standard output written byte by byte.
     *
     * @param total the time from the first to the last byte, at least
     * @return a new reply
     */
    public ToolReply inSingleBytes(Duration total) {
        Parts changed = new Parts(parts);
        changed.spread = total;
        return new ToolReply(changed);
    }

    /**
     * The same, but the run goes on when all is written, its outputs open.
     *
     * @param time how long it goes on
     * @return a new reply
     */
    public ToolReply lingers(Duration time) {
        Parts changed = new Parts(parts);
        changed.linger = time;
        return new ToolReply(changed);
    }

    /**
     * The same, and the run ignores SIGTERM.
     *
     * @return a new reply
     */
    public ToolReply ignoresTermination() {
        Parts changed = new Parts(parts);
        changed.stubborn = true;
        return new ToolReply(changed);
    }

    /**
     * The same, and a child runs beside it that ignores SIGTERM and keeps the outputs open, beyond the end of the run
     * if it lives longer.
     *
     * @param time how long the child lives
     * @return a new reply
     */
    public ToolReply withStubbornChild(Duration time) {
        Parts changed = new Parts(parts);
        changed.child = time;
        return new ToolReply(changed);
    }

    /**
     * The same with a flood before it.
     *
     * @param bytes how much goes to the standard error output
     * @return a new reply
     */
    public ToolReply errorFlood(long bytes) {
        return before("head -c " + bytes + " /dev/zero | tr '\\0' x >&2");
    }

    /**
     * The same with an endless flood before it.
     *
     * @return a new reply
     */
    public ToolReply endlessOutput() {
        return before("cat /dev/zero | tr '\\0' A");
    }

    /**
     * The same with shell commands before it, behind those it has, for whatever else a tool may do. They see the tool's
     * arguments.
     *
     * @param commands POSIX shell; an {@code exit} ends the run
     * @return a new reply
     */
    public ToolReply before(String commands) {
        Parts changed = new Parts(parts);
        changed.commands = parts.commands + Objects.requireNonNull(commands) + "\n";
        return new ToolReply(changed);
    }

    /** The same with its standard output between the markers that the script of our PowerShell credential asks for. */
    private ToolReply betweenMarkers() {
        Parts changed = new Parts(parts);
        changed.markers = true;
        return new ToolReply(changed);
    }

    Parts parts() {
        return parts;
    }

    @Override
    public String toString() {
        return "ToolReply[exit code " + parts.exitCode + "]";
    }

    /** The parts of a reply; changed only while a reply is made. */
    static final class Parts {
        byte[] output = {};
        byte[] errors = {};
        int exitCode;
        Duration delay = Duration.ZERO;
        Duration spread = Duration.ZERO;
        Duration linger = Duration.ZERO;
        Duration child = Duration.ZERO;
        boolean stubborn;
        boolean markers;
        String commands = "";

        Parts() {}

        Parts(Parts other) {
            this.output = other.output;
            this.errors = other.errors;
            this.exitCode = other.exitCode;
            this.delay = other.delay;
            this.spread = other.spread;
            this.linger = other.linger;
            this.child = other.child;
            this.stubborn = other.stubborn;
            this.markers = other.markers;
            this.commands = other.commands;
        }
    }
}
