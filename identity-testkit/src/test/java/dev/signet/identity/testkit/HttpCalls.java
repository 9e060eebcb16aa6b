// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/** Plain HTTP for the tests of this module. */
final class HttpCalls {
    private HttpCalls() {}

    record Answer(int status, Map<String, java.util.List<String>> headers, String body) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> name.equalsIgnoreCase(entry.getKey()))
                    .map(entry -> entry.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }
    }

    static Answer get(String uri, String... headers) throws IOException {
        return send("GET", uri, null, null, headers);
    }

    static Answer get(SSLContext tls, String uri, String... headers) throws IOException {
        return send("GET", uri, tls, null, headers);
    }

    static Answer post(SSLContext tls, String uri, String form, String... headers) throws IOException {
        return send("POST", uri, tls, form, headers);
    }

    /** A POST that says that its body is empty. */
    static Answer postNothing(SSLContext tls, String uri, String... headers) throws IOException {
        return send("POST", uri, tls, "", headers);
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static Answer send(String method, String uri, SSLContext tls, String form, String... headers)
            throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(uri).toURL().openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod(method);
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(5000);
        connection.setReadTimeout(10000);
        if (tls != null) {
            ((HttpsURLConnection) connection).setSSLSocketFactory(tls.getSocketFactory());
        }
        for (int i = 0; i < headers.length; i += 2) {
            connection.setRequestProperty(headers[i], headers[i + 1]);
        }
        if (form != null) {
            connection.setDoOutput(true);
            if (connection.getRequestProperty("Content-Type") == null) {
                String type = form.isEmpty() ? "application/json" : "application/x-www-form-urlencoded";
                connection.setRequestProperty("Content-Type", type);
            }
            connection.getOutputStream().write(form.getBytes(StandardCharsets.UTF_8));
        }
        int status = connection.getResponseCode();
        try (InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            byte[] body = in == null ? new byte[0] : in.readAllBytes();
            return new Answer(status, connection.getHeaderFields(), new String(body, StandardCharsets.UTF_8));
        }
    }
}
