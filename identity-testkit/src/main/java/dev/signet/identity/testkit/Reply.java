// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint does instead of, or on top of, its normal answer: another answer, a late one, a slow one, a broken
 * one or none. Immutable; each method with a result gives a new reply.
 *
 * @since 0.1.0
 */
public final class Reply {
    private static final String JSON = "application/json; charset=utf-8";

    private final Parts parts;

    private Reply(Parts parts) {
        this.parts = parts;
    }

    /** How the bytes of an answer come to grief. */
    enum Fault {
        NONE,
        HANG,
        RESET,
        CLOSE_MID_BODY,
        ENDLESS
    }

    /** The parts of a reply; a status of 0 stands for the endpoint's normal answer. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Parts(
            int status,
            List<Map.Entry<String, String>> headers,
            byte[] body,
            Fault fault,
            Duration delay,
            @Nullable CountDownLatch gate,
            Duration headPace,
            Duration bodyPace,
            boolean compressed,
            @Nullable EntraError error) {
        Parts(int status, byte[] body, Fault fault, @Nullable EntraError error) {
            this(status, List.of(), body, fault, Duration.ZERO, null, Duration.ZERO, Duration.ZERO, false, error);
        }
    }

    private static Reply of(int status, byte[] body, Fault fault) {
        return new Reply(new Parts(status, body, fault, null));
    }

    private static Reply of(int status, String contentType, String body) {
        return of(status, body.getBytes(StandardCharsets.UTF_8), Fault.NONE).header("Content-Type", contentType);
    }

    Parts parts() {
        return parts;
    }

    /** This reply's timing and faults with the normal answer's content. */
    Reply over(Reply normal) {
        if (parts.status != 0) {
            return this;
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>(normal.parts.headers);
        headers.addAll(parts.headers);
        return new Reply(new Parts(
                normal.parts.status,
                List.copyOf(headers),
                normal.parts.body,
                parts.fault,
                parts.delay,
                parts.gate,
                parts.headPace,
                parts.bodyPace,
                parts.compressed,
                parts.error));
    }

    /**
     * The endpoint's normal answer; of use with {@link #delay}, {@link #heldUntil}, {@link #trickle},
     * {@link #closeMidBody}, {@link #gzip} and in sequences.
     *
     * @return the reply
     */
    public static Reply passThrough() {
        return of(0, new byte[0], Fault.NONE);
    }

    /**
     * A status without a body.
     *
     * @param status the HTTP status
     * @return the reply
     */
    public static Reply status(int status) {
        return of(status, new byte[0], Fault.NONE);
    }

    /**
     * A body said to be JSON.
     *
     * @param status the HTTP status
     * @param body the text; not checked
     * @return the reply
     */
    public static Reply json(int status, String body) {
        return of(status, JSON, body);
    }

    /**
     * A plain text.
     *
     * @param status the HTTP status
     * @param body the text
     * @return the reply
     */
    public static Reply text(int status, String body) {
        return of(status, "text/plain; charset=utf-8", body);
    }

    /**
     * A web page.
     *
     * @param status the HTTP status
     * @param body the page
     * @return the reply
     */
    public static Reply html(int status, String body) {
        return of(status, "text/html; charset=utf-8", body);
    }

    /**
     * Any bytes, without a content type.
     *
     * @param status the HTTP status
     * @param body the bytes
     * @return the reply
     */
    public static Reply bytes(int status, byte[] body) {
        return of(status, body.clone(), Fault.NONE);
    }

    /**
     * A token answer with status 200.
     *
     * @param body the fields
     * @return the reply
     */
    public static Reply token(TokenBody body) {
        return json(200, body.json());
    }

    /**
     * A refusal as Entra words it, with the ids of the request that it answers and the time by the cloud's clock.
     *
     * @param error what is refused and why
     * @return the reply
     */
    public static Reply error(EntraError error) {
        return new Reply(new Parts(0, new byte[0], Fault.NONE, Objects.requireNonNull(error)));
    }

    /**
     * A redirect with status 302.
     *
     * @param location where to
     * @return the reply
     */
    public static Reply redirect(URI location) {
        return status(302).header("Location", location.toString());
    }

    /**
     * No answer: the connection stays open and silent until the client or the cloud closes it.
     *
     * @return the reply
     */
    public static Reply hang() {
        return of(200, new byte[0], Fault.HANG);
    }

    /**
     * A TCP reset instead of an answer.
     *
     * @return the reply
     */
    public static Reply reset() {
        return of(200, new byte[0], Fault.RESET);
    }

    /**
     * A token answer that is right but for its size, with status 200 and a content length.
     *
     * @param size the size of the body in bytes, at least 128
     * @return the reply
     */
    public static Reply oversized(int size) {
        byte[] start =
                "{\"access_token\":\"oversized\",\"token_type\":\"Bearer\",\"expires_in\":\"3600\",\"padding\":\""
                        .getBytes(StandardCharsets.US_ASCII);
        if (size < 128) {
            throw new IllegalArgumentException("size must be at least 128");
        }
        byte[] body = Arrays.copyOf(start, size);
        Arrays.fill(body, start.length, size - 2, (byte) 'x');
        body[size - 2] = '"';
        body[size - 1] = '}';
        return of(200, body, Fault.NONE).header("Content-Type", JSON);
    }

    /**
     * A chunked body that never ends, as fast as the client reads.
     *
     * @return the reply
     */
    public static Reply endlessChunked() {
        return of(200, new byte[0], Fault.ENDLESS).header("Content-Type", JSON);
    }

    /**
     * The same reply with one more header.
     *
     * @param name the header
     * @param value its value
     * @return a new reply
     */
    public Reply header(String name, String value) {
        List<Map.Entry<String, String>> headers = new ArrayList<>(parts.headers);
        headers.add(Map.entry(name, value));
        return new Reply(new Parts(
                parts.status,
                List.copyOf(headers),
                parts.body,
                parts.fault,
                parts.delay,
                parts.gate,
                parts.headPace,
                parts.bodyPace,
                parts.compressed,
                parts.error));
    }

    /**
     * The same reply after a real delay.
     *
     * @param delay how long the request waits before anything is sent
     * @return a new reply
     */
    public Reply delay(Duration delay) {
        return timed(Objects.requireNonNull(delay), parts.gate, parts.headPace, parts.bodyPace);
    }

    /**
     * The same reply once a latch is open: the way to hold a request without real time.
     *
     * @param gate nothing is sent before its count is zero
     * @return a new reply
     */
    public Reply heldUntil(CountDownLatch gate) {
        return timed(parts.delay, Objects.requireNonNull(gate), parts.headPace, parts.bodyPace);
    }

    /**
     * The same reply, head and body sent byte by byte.
     *
     * @param interval the pause before each byte
     * @return a new reply
     */
    public Reply trickle(Duration interval) {
        return timed(parts.delay, parts.gate, interval, interval);
    }

    /**
     * The same reply, its head at once and its body byte by byte.
     *
     * @param interval the pause before each byte of the body
     * @return a new reply
     */
    public Reply trickleBody(Duration interval) {
        return timed(parts.delay, parts.gate, parts.headPace, interval);
    }

    private Reply timed(Duration delay, @Nullable CountDownLatch gate, Duration headPace, Duration bodyPace) {
        return new Reply(new Parts(
                parts.status,
                parts.headers,
                parts.body,
                parts.fault,
                delay,
                gate,
                headPace,
                bodyPace,
                parts.compressed,
                parts.error));
    }

    /**
     * The same reply, closed in an orderly way after half of the announced body.
     *
     * @return a new reply
     */
    public Reply closeMidBody() {
        return broken(Fault.CLOSE_MID_BODY, parts.compressed);
    }

    /**
     * The same reply, compressed and so labelled, whether or not the client asked for it.
     *
     * @return a new reply
     */
    public Reply gzip() {
        return broken(parts.fault, true);
    }

    private Reply broken(Fault fault, boolean compressed) {
        return new Reply(new Parts(
                parts.status,
                parts.headers,
                parts.body,
                fault,
                parts.delay,
                parts.gate,
                parts.headPace,
                parts.bodyPace,
                compressed,
                parts.error));
    }

    /** Whether this answers a request once and for all, so that a client has no reason to send it again. */
    boolean settles() {
        boolean transientFailure = parts.status >= 500 || parts.status == 429 || parts.status == 408;
        boolean prompt = parts.gate == null && parts.delay.isZero() && parts.headPace.isZero();
        return !transientFailure && prompt && parts.bodyPace.isZero() && parts.fault == Fault.NONE;
    }

    @Override
    public String toString() {
        Object content = parts.error != null ? parts.error : parts.status == 0 ? "normal" : parts.status;
        return "Reply[" + content + ", " + parts.body.length + " bytes"
                + (parts.fault == Fault.NONE ? "" : ", " + parts.fault) + "]";
    }
}
