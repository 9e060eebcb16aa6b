// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refusal of Entra's token endpoint, to be ordered with {@link Reply#error}: the OAuth code (RFC 6749 section 5.2),
 * the number behind AADSTS and what belongs to them. Immutable.
 *
 * @since 0.1.0
 */
public final class EntraError {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final int status;
    private final String error;
    private final int code;
    private final String text;
    private final @Nullable String suberror;
    private final @Nullable String claims;

    EntraError(int status, String error, int code, String text) {
        this(status, error, code, text, null, null);
    }

    private EntraError(
            int status, String error, int code, String text, @Nullable String suberror, @Nullable String claims) {
        this.status = status;
        this.error = error;
        this.code = code;
        this.text = text;
        this.suberror = suberror;
        this.claims = claims;
    }

    /**
     * The refusal with a number that service principals and their users meet, with the status, code and suberror that
     * Entra gives to it.
     *
     * @param code the number behind AADSTS, for example 7000215
     * @return the refusal
     * @throws IllegalArgumentException if the number is not among those; {@link #of(int, int, String)} takes any
     */
    public static EntraError of(int code) {
        EntraError known = EntraErrorNumbers.find(code);
        if (known == null) {
            throw new IllegalArgumentException(
                    "AADSTS" + code + " is not known here; say its HTTP status and OAuth code too");
        }
        return known;
    }

    /**
     * Any other refusal.
     *
     * @param code the number behind AADSTS
     * @param status the HTTP status
     * @param error the OAuth code, for example {@code invalid_grant}
     * @return the refusal
     */
    public static EntraError of(int code, int status, String error) {
        return new EntraError(status, error, code, "The request was refused.");
    }

    static EntraError badRequest(String error, int code, String text) {
        return new EntraError(400, error, code, text);
    }

    static EntraError invalidClient(int code, String text) {
        return new EntraError(401, "invalid_client", code, text);
    }

    static EntraError missing(String parameter) {
        return of(900144).text("The request body must contain the following parameter: '" + parameter + "'.");
    }

    static EntraError malformed(String what) {
        return of(9002313).text("Invalid request. Request is malformed or invalid: " + what);
    }

    /**
     * The same refusal with another text behind the number.
     *
     * @param text one sentence or more
     * @return a new refusal
     */
    public EntraError text(String text) {
        return new EntraError(status, error, code, Objects.requireNonNull(text), suberror, claims);
    }

    /**
     * The same refusal with another suberror.
     *
     * @param suberror for example {@code basic_action}
     * @return a new refusal
     */
    public EntraError suberror(String suberror) {
        return new EntraError(status, error, code, text, Objects.requireNonNull(suberror), claims);
    }

    /**
     * The same refusal with claims that the next request must bring.
     *
     * @param claims JSON, as it stands in a {@code claims} parameter
     * @return a new refusal
     */
    public EntraError claims(String claims) {
        return new EntraError(status, error, code, text, suberror, Objects.requireNonNull(claims));
    }

    /**
     * The number.
     *
     * @return what follows AADSTS
     */
    public int code() {
        return code;
    }

    /** The refusal as parameters of a redirect (RFC 6749 section 4.1.2.1). */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("error", error);
        parameters.put("error_description", "AADSTS" + code + ": " + text);
        return parameters;
    }

    Reply reply(RecordedRequest request, Instant now) {
        String traceId = UUID.randomUUID().toString();
        String correlationId = request.header("client-request-id")
                .or(() -> request.form("client-request-id"))
                .orElseGet(() -> UUID.randomUUID().toString());
        String timestamp = TIMESTAMP.format(now);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put(
                "error_description",
                "AADSTS" + code + ": " + text + " Trace ID: " + traceId + " Correlation ID: " + correlationId
                        + " Timestamp: " + timestamp);
        body.put("error_codes", List.of(code));
        body.put("timestamp", timestamp);
        body.put("trace_id", traceId);
        body.put("correlation_id", correlationId);
        body.put("error_uri", "https://login.microsoftonline.com/error?code=" + code);
        if (suberror != null) {
            body.put("suberror", suberror);
        }
        if (claims != null) {
            body.put("claims", claims);
        }
        return Reply.json(status, Json.write(body));
    }

    @Override
    public String toString() {
        return "AADSTS" + code + " " + error;
    }
}
