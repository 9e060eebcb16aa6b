// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.testkit.EmbeddedAuthority;
import dev.signet.identity.testkit.ScriptedBrowser;
import dev.signet.identity.testkit.User;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A browser whose user does at once what a test says: signs in, unless told otherwise. */
final class TestBrowser implements BrowserOpener {
    private final List<URI> opened = new CopyOnWriteArrayList<>();
    private final List<ScriptedBrowser.Page> pages = new CopyOnWriteArrayList<>();
    private final ScriptedBrowser scripted;
    private volatile Consumer<URI> user;

    TestBrowser(EmbeddedAuthority authority, User user) {
        this.scripted = new ScriptedBrowser(authority);
        signsInAs(user);
    }

    /** What a listener answered. */
    record Answer(int status, Map<String, String> headers, String body) {}

    @Override
    public void open(URI address) {
        opened.add(address);
        user.accept(address);
    }

    void signsInAs(User who) {
        user = address -> pages.add(scripted.accept(address, who));
    }

    void cancels() {
        user = address -> pages.add(scripted.cancel(address));
    }

    /** Sees what the authority answers at once. */
    void looks() {
        user = address -> pages.add(scripted.open(address));
    }

    void doesNothing() {
        user = address -> {};
    }

    void does(Consumer<URI> action) {
        user = action;
    }

    List<URI> opened() {
        return opened;
    }

    ScriptedBrowser.Page lastPage() {
        return pages.get(pages.size() - 1);
    }

    /** The query of the address that was opened last. */
    Map<String, String> query() {
        return query(opened.get(opened.size() - 1));
    }

    static Map<String, String> query(URI address) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : address.getRawQuery().split("&")) {
            int equals = pair.indexOf('=');
            fields.put(
                    pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return fields;
    }

    /** Where an opened address wants its answer. */
    static URI redirect(URI address) {
        return URI.create(query(address).get("redirect_uri") + "/").resolve("/");
    }

    static String form(String... fields) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            text.append(i == 0 ? "" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    static Answer get(URI address) {
        return send("GET", address, null, null);
    }

    static Answer post(URI address, String form) {
        return send("POST", address, "application/x-www-form-urlencoded", form);
    }

    static Answer send(String method, URI address, String contentType, String body) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
            connection.setRequestMethod(method);
            connection.setConnectTimeout(10_000);
            connection.setReadTimeout(10_000);
            if (contentType != null) {
                connection.setRequestProperty("Content-Type", contentType);
            }
            if (body != null) {
                connection.setDoOutput(true);
                connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            int status = connection.getResponseCode();
            Map<String, String> headers = new LinkedHashMap<>();
            connection.getHeaderFields().forEach((name, values) -> {
                if (name != null) {
                    headers.put(name.toLowerCase(Locale.ROOT), values.get(0));
                }
            });
            try (var in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
                String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return new Answer(status, headers, text);
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
