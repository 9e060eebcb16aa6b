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
import java.util.UUID;

/**
 * A refusal of the token endpoint.
 *
 * @param status the HTTP status
 * @param error the OAuth code (RFC 6749 section 5.2)
 * @param code the number behind AADSTS
 * @param text what follows the number
 */
record EntraError(int status, String error, int code, String text) {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    static EntraError badRequest(String error, int code, String text) {
        return new EntraError(400, error, code, text);
    }

    static EntraError invalidClient(int code, String text) {
        return new EntraError(401, "invalid_client", code, text);
    }

    static EntraError missing(String parameter) {
        return badRequest(
                "invalid_request",
                900144,
                "The request body must contain the following parameter: '" + parameter + "'.");
    }

    static EntraError malformed(String what) {
        return badRequest("invalid_request", 9002313, "Invalid request. Request is malformed or invalid: " + what);
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
        return Reply.json(status, Json.write(body));
    }
}
