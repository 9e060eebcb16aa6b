// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.core.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real Chromium without a window, driven by ChromeDriver (W3C WebDriver), which ends both. */
final class Chromium implements AutoCloseable {
    static final Path BROWSER = Path.of("/usr/bin/chromium");
    static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
    private static final int PATIENCE_MILLIS = 30_000;

    private final Process driver;
    private final String session;

    private Chromium(Process driver, String session) {
        this.driver = driver;
        this.session = session;
    }

    /** Starts with an empty profile; it asks nobody but the addresses that it is given. */
    static Chromium start(Path profile) throws IOException {
        Process driver = new ProcessBuilder(DRIVER.toString(), "--port=0")
                .redirectErrorStream(true)
                .start();
        try {
            String session = "http://127.0.0.1:" + port(driver) + "/session";
            String flags = Stream.of(
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--user-data-dir=" + profile)
                    .map(flag -> "\"" + flag + "\"")
                    .collect(Collectors.joining(","));
            JsonObject made = send(
                    "POST",
                    session,
                    "{\"capabilities\":{\"alwaysMatch\":{\"acceptInsecureCerts\":true,\"timeouts\":{\"implicit\":"
                            + PATIENCE_MILLIS + ",\"pageLoad\":" + PATIENCE_MILLIS
                            + "},\"goog:chromeOptions\":{\"binary\":\"" + BROWSER + "\",\"args\":[" + flags + "]}}}}");
            String id = made.object("value").orElseThrow().string("sessionId").orElseThrow();
            return new Chromium(driver, session + "/" + id);
        } catch (IOException | RuntimeException failure) {
            end(driver);
            throw failure;
        }
    }

    private static int port(Process driver) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return Integer.parseInt(started.group(1));
            }
        }
        throw new IOException("ChromeDriver did not start");
    }

    void open(URI address) throws IOException {
        send("POST", session + "/url", "{\"url\":\"" + address + "\"}");
    }

    /** Waits for an element and clicks it. */
    void click(String xpath) throws IOException {
        send("POST", element(xpath) + "/click", "{}");
    }

    void type(String xpath, String text) throws IOException {
        send("POST", element(xpath) + "/value", "{\"text\":\"" + text + "\"}");
    }

    /** Waits for an element; its text as it is seen. */
    String text(String xpath) throws IOException {
        return send("GET", element(xpath) + "/text", null).string("value").orElseThrow();
    }

    private String element(String xpath) throws IOException {
        JsonObject found = send(
                "POST",
                session + "/element",
                "{\"using\":\"xpath\",\"value\":\"" + xpath.replace("\"", "\\\"") + "\"}");
        return session + "/element/"
                + found.object("value").orElseThrow().string(ELEMENT).orElseThrow();
    }

    void screenshot(Path file) throws IOException {
        String picture =
                send("GET", session + "/screenshot", null).string("value").orElseThrow();
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(picture));
    }

    private static JsonObject send(String method, String address, String json) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod(method);
        connection.setReadTimeout(2 * PATIENCE_MILLIS);
        if (json != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
        }
        int status = connection.getResponseCode();
        try (var in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            byte[] body = in.readAllBytes();
            if (status >= 400) {
                throw new IOException(new String(body, StandardCharsets.UTF_8));
            }
            return JsonObject.parse(body).orElseThrow();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            send("DELETE", session, null);
        } finally {
            end(driver);
        }
    }

    private static void end(Process driver) {
        List<ProcessHandle> browsers = driver.descendants().toList();
        driver.destroy();
        try {
            if (!driver.waitFor(10, TimeUnit.SECONDS)) {
                driver.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        browsers.forEach(ProcessHandle::destroyForcibly);
    }
}
