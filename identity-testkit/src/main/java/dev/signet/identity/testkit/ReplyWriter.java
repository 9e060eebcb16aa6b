// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.WireConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;

/** Turns a {@link Reply} into bytes on a connection, or into their absence. */
final class ReplyWriter {
    private static final int CHUNK = 8192;

    private ReplyWriter() {}

    /** Writes a reply and says whether the connection can be used again. */
    static boolean write(Reply reply, WireConnection connection) throws IOException, InterruptedException {
        Reply.Parts parts = reply.parts();
        if (parts.gate() != null) {
            parts.gate().await();
        }
        pause(parts.delay());
        switch (parts.fault()) {
            case HANG -> new CountDownLatch(1).await();
            case RESET -> connection.reset();
            case ENDLESS -> endless(parts, connection.output());
            case CLOSE_MID_BODY -> {
                byte[] body = content(parts);
                paced(head(parts, "Content-Length: " + body.length), parts.headPace(), connection.output());
                byte[] half = Arrays.copyOf(body, body.length / 2);
                paced(half, parts.bodyPace(), connection.output());
            }
            case NONE -> {
                byte[] body = content(parts);
                paced(head(parts, "Content-Length: " + body.length), parts.headPace(), connection.output());
                paced(body, parts.bodyPace(), connection.output());
                return true;
            }
        }
        return false;
    }

    private static void endless(Reply.Parts parts, OutputStream out) throws IOException {
        out.write(head(parts, "Transfer-Encoding: chunked"));
        byte[] chunk =
                (Integer.toHexString(CHUNK) + "\r\n" + " ".repeat(CHUNK) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        while (!Thread.currentThread().isInterrupted()) {
            out.write(chunk);
        }
    }

    private static byte[] content(Reply.Parts parts) throws IOException {
        if (!parts.compressed()) {
            return parts.body();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(parts.body());
        }
        return bytes.toByteArray();
    }

    private static byte[] head(Reply.Parts parts, String framing) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(parts.status())
                .append(' ')
                .append(reason(parts.status()))
                .append("\r\n");
        for (Map.Entry<String, String> header : parts.headers()) {
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        if (parts.compressed()) {
            head.append("Content-Encoding: gzip\r\n");
        }
        return head.append(framing).append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 302 -> "Found";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            default -> "Status " + status;
        };
    }

    private static void paced(byte[] bytes, Duration pace, OutputStream out) throws IOException, InterruptedException {
        if (pace.isZero()) {
            out.write(bytes);
            return;
        }
        for (byte b : bytes) {
            pause(pace);
            out.write(b);
        }
    }

    private static void pause(Duration duration) throws InterruptedException {
        if (!duration.isZero()) {
            Thread.sleep(duration.toMillis());
        }
    }
}
