// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.FailureDetails;
import dev.signet.identity.spi.TransportResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint said when it refused, in any of the shapes that are in use: OAuth's flat one (RFC 6749 section
 * 5.2), a nested {@code error} object, {@code statusCode} with {@code message}, or plain text. Immutable and free of
 * secrets.
 *
 * @since 0.1.0
 */
public final class ServerError {
    /** Codes and ids are words; a longer one is none. */
    private static final int MAX_ID = 100;

    private final int status;
    private final @Nullable String code;
    private final @Nullable String description;
    private final @Nullable String correlationId;
    private final @Nullable JsonObject body;
    private final String quoted;

    private ServerError(TransportResponse response) {
        byte[] bytes = response.body();
        this.status = response.status();
        JsonObject all = JsonObject.parse(bytes).orElse(null);
        this.body = all;
        if (all != null) {
            JsonObject inner = all.object("error").orElse(all);
            this.code = clean(inner.scalar("code").or(() -> all.scalar("error")).orElse(null), MAX_ID);
            this.description = clean(
                    all.string("error_description")
                            .or(() -> inner.string("message"))
                            .orElse(null),
                    Redaction.MAX_QUOTED);
            this.correlationId = clean(
                    all.string("correlation_id")
                            .or(() -> inner.string("correlationId"))
                            .or(() -> all.string("correlationId"))
                            .orElse(null),
                    MAX_ID);
        } else {
            this.code = null;
            this.description = null;
            this.correlationId = null;
        }
        int length = Math.min(bytes.length, 4 * Redaction.MAX_QUOTED);
        this.quoted = Redaction.quote(new String(bytes, 0, length, StandardCharsets.UTF_8));
    }

    /**
     * Reads an answer that is not a success.
     *
     * @param response the answer
     * @return what it says
     */
    public static ServerError read(TransportResponse response) {
        return new ServerError(response);
    }

    /**
     * Whether the body is a JSON object, as those of the real endpoints are.
     *
     * @return false for HTML, plain text and nothing
     */
    public boolean isJson() {
        return body != null;
    }

    /**
     * The error code.
     *
     * @return for example {@code invalid_request}
     */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    /**
     * What the server says in words.
     *
     * @return one line
     */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /**
     * The AADSTS numbers: those listed, else those in the description.
     *
     * @return possibly empty
     */
    public List<Integer> aadstsCodes() {
        List<Integer> codes = new ArrayList<>();
        if (body != null) {
            codes.addAll(body.integers("error_codes"));
        }
        return codes.isEmpty() && description != null ? aadstsCodes(description) : codes;
    }

    /**
     * The AADSTS numbers in a text, for example the output of a tool.
     *
     * @param text any text
     * @return in order; possibly empty
     */
    public static List<Integer> aadstsCodes(String text) {
        List<Integer> codes = new ArrayList<>();
        int at = text.indexOf("AADSTS");
        while (at >= 0) {
            int end = at + 6;
            while (end < text.length() && end - at < 15 && Character.isDigit(text.charAt(end))) {
                end++;
            }
            if (end > at + 6) {
                codes.add(Integer.parseInt(text.substring(at + 6, end)));
            }
            at = text.indexOf("AADSTS", end);
        }
        return codes;
    }

    /**
     * The answer in words, for a message: status, code and description, or what else the body says.
     *
     * @return one line of bounded length
     */
    public String summary() {
        StringBuilder text = new StringBuilder("HTTP ").append(status);
        if (code != null) {
            text.append(" (").append(code).append(')');
        }
        String words = description != null ? description : code != null ? "" : quoted;
        if (!words.isEmpty()) {
            text.append(": ").append(words);
        }
        if (correlationId != null && (description == null || !description.contains(correlationId))) {
            text.append(", correlation id ").append(correlationId);
        }
        return text.toString();
    }

    /**
     * Puts the facts of the answer into a failure.
     *
     * @param details the failure
     * @return the same builder
     */
    public FailureDetails.Builder addTo(FailureDetails.Builder details) {
        details.httpStatus(status)
                .errorCode(code)
                .correlationId(correlationId)
                .aadstsCodes(aadstsCodes())
                .responseBody(quoted);
        if (body != null) {
            details.suberror(clean(body.string("suberror").orElse(null), MAX_ID))
                    .traceId(clean(body.string("trace_id").orElse(null), MAX_ID))
                    .timestamp(clean(body.string("timestamp").orElse(null), MAX_ID))
                    .claims(body.string("claims").orElse(null));
        }
        return details;
    }

    private static @Nullable String clean(@Nullable String text, int max) {
        String clean = text == null ? "" : Redaction.quote(text, max);
        return clean.isEmpty() ? null : clean;
    }

    @Override
    public String toString() {
        return summary();
    }
}
