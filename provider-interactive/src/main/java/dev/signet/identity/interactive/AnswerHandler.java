// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Tells the answer of the authority, a form that the browser posts, from everything else that may knock: prefetching
 * browsers, health probes, other programs. The answer alone knows the state.
 */
final class AnswerHandler implements HttpHandler {
    private static final int MOST_BYTES = 64 * 1024;
    private static final String FORM = "application/x-www-form-urlencoded";

    private final String path;
    private final String state;
    private final AnswerPages pages;
    private final CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();

    AnswerHandler(RedirectTarget target, String state, AnswerPages pages) {
        this.path = target.requestPath();
        this.state = state;
        this.pages = pages;
    }

    CompletableFuture<Map<String, String>> answer() {
        return answer;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isLocal(exchange.getRequestHeaders().getFirst("Host"))
                    || !exchange.getRequestURI().getRawPath().equals(path)) {
                reply(exchange, 404, pages.stray());
                return;
            }
            Map<String, String> fields = isForm(exchange) ? form(exchange) : null;
            if (fields == null || !isExpected(fields) || answer.isDone()) {
                reply(exchange, 400, pages.stray());
            } else {
                settle(exchange, has(fields, "code") ? pages.success() : pages.refused(fields), fields);
            }
        }
    }

    /** The page goes out first: with the answer the listener ends. */
    private void settle(HttpExchange exchange, String page, Map<String, String> fields) throws IOException {
        try {
            reply(exchange, 200, page);
        } finally {
            answer.complete(fields);
        }
    }

    private boolean isExpected(Map<String, String> fields) {
        byte[] given = fields.getOrDefault("state", "").getBytes(StandardCharsets.UTF_8);
        boolean known = MessageDigest.isEqual(state.getBytes(StandardCharsets.UTF_8), given);
        return known && (has(fields, "code") || has(fields, "error"));
    }

    private static boolean has(Map<String, String> fields, String name) {
        return !fields.getOrDefault(name, "").isBlank();
    }

    private static boolean isForm(HttpExchange exchange) {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        return exchange.getRequestMethod().equals("POST")
                && type != null
                && type.toLowerCase(Locale.ROOT).startsWith(FORM);
    }

    /** A name that another site points at this machine is none of ours (DNS rebinding). */
    private static boolean isLocal(@Nullable String host) {
        String name = host == null ? "" : host.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
        return name.equals("localhost") || name.equals("127.0.0.1") || name.equals("[::1]");
    }

    private static @Nullable Map<String, String> form(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            return null;
        }
        Map<String, String> fields = new HashMap<>();
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                try {
                    String name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
                    fields.put(name, URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException malformed) {
                    return null;
                }
            }
        }
        return fields;
    }

    private static void reply(HttpExchange exchange, int status, String page) throws IOException {
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "text/html; charset=utf-8");
        headers.set("Cache-Control", "no-store");
        headers.set("Connection", "close");
        headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream stream = exchange.getResponseBody()) {
            stream.write(body);
        }
    }
}
