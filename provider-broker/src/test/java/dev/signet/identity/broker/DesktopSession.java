// SPDX-License-Identifier: MIT
package dev.signet.identity.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.signet.identity.broker.internal.dbus.BusCall;
import dev.signet.identity.broker.internal.dbus.BusConnection;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.testkit.TestContext;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A private session bus, a real dbus-daemon, and the fake broker on it, each in its own process. */
final class DesktopSession implements AutoCloseable {
    private static final Path DAEMON = Path.of("/usr/bin/dbus-daemon");

    private final Path folder;
    private final Process daemon;
    private final List<String[]> calls = new ArrayList<>();
    private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> methods = new LinkedBlockingQueue<>();
    private @Nullable Process broker;
    private @Nullable Writer orders;
    private @Nullable Thread reader;

    private DesktopSession(Path folder, Process daemon) {
        this.folder = folder;
        this.daemon = daemon;
    }

    /** A bus without a broker. Where there is no dbus-daemon the test is skipped, but fails in CI. */
    static DesktopSession start() throws IOException {
        boolean installed = Files.isExecutable(DAEMON);
        String remedy = DAEMON + " is not installed: run .ci/peers/install";
        assertTrue(installed || !"true".equals(System.getenv("CI")), remedy);
        assumeTrue(installed, remedy);
        Path folder = Files.createTempDirectory("bus");
        Path configuration = folder.resolve("bus.conf");
        Files.writeString(configuration, """
                <busconfig>
                  <type>session</type>
                  <listen>unix:path=%s/bus</listen>
                  <auth>EXTERNAL</auth>
                  <policy context="default">
                    <allow send_destination="*" eavesdrop="true"/>
                    <allow eavesdrop="true"/>
                    <allow own="*"/>
                  </policy>
                </busconfig>
                """.formatted(folder));
        Process daemon = new ProcessBuilder(
                        DAEMON.toString(),
                        "--nofork",
                        "--nopidfile",
                        "--print-address",
                        "--config-file=" + configuration)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        new BufferedReader(new InputStreamReader(daemon.getInputStream(), StandardCharsets.UTF_8)).readLine();
        return new DesktopSession(folder, daemon);
    }

    /** Starts a broker, another one after the last was killed. */
    DesktopSession withBroker() throws IOException, InterruptedException {
        String path = Path.of("target", "test-classes").toAbsolutePath()
                + File.pathSeparator
                + System.getProperty("java.class.path", "")
                + File.pathSeparator
                + System.getProperty("jdk.module.path", "");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        FakeBroker.class.getName(),
                        "unix:path=" + folder.resolve("bus"))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CLASSPATH", path);
        awaitEnd();
        replies.clear();
        Process started = builder.start();
        broker = started;
        orders = new OutputStreamWriter(started.getOutputStream(), StandardCharsets.UTF_8);
        Thread next = new Thread(() -> read(started), "fake-broker-output");
        next.setDaemon(true);
        next.start();
        reader = next;
        assertEquals("ready", replies.poll(30, TimeUnit.SECONDS));
        return this;
    }

    private void awaitEnd() {
        Thread last = reader;
        try {
            if (last != null) {
                last.join(30_000);
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private void read(Process process) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(">>call ")) {
                    String[] call = new String(Base64.getDecoder().decode(line.substring(7)), StandardCharsets.UTF_8)
                            .split("\n", -1);
                    synchronized (calls) {
                        calls.add(call);
                    }
                    methods.add(call[0]);
                } else if (line.startsWith(">>")) {
                    replies.add(line.substring(2));
                }
            }
        } catch (IOException killed) {
            // what it printed before has been read
        } finally {
            replies.add("ended");
        }
    }

    DesktopSession answers(String method, String json) {
        return order(method, "answer", json);
    }

    DesktopSession fails(String method, String error) {
        return order(method, "error", error);
    }

    DesktopSession hangs(String method) {
        return order(method, "hang", "");
    }

    /** Answers when it is told to by {@link #release}. */
    DesktopSession holds(String method, String json) {
        return order(method, "hold", json);
    }

    DesktopSession release(String method) {
        return order(method, "release", "");
    }

    DesktopSession dies(String method) {
        return order(method, "die", "");
    }

    DesktopSession forget(String method) {
        return order(method, "reset", "");
    }

    DesktopSession order(String method, String behaviour, String argument) {
        String text = Base64.getEncoder().encodeToString(argument.getBytes(StandardCharsets.UTF_8));
        try {
            Writer out = orders;
            assertTrue(out != null, "there is no broker");
            out.write(method + " " + behaviour + " " + text + "\n");
            out.flush();
            assertEquals("ok", replies.poll(30, TimeUnit.SECONDS));
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        return this;
    }

    /** Kills the broker, whatever it does. */
    void kill() {
        Process running = broker;
        assertTrue(running != null, "there is no broker");
        running.destroyForcibly().onExit().join();
        awaitEnd();
    }

    /** Wakes whoever waits for an answer from the bus by a message that is none. */
    void nudge() throws IOException {
        try (BusConnection connection = BusConnection.open(folder.resolve("bus"), InstantSource.system())) {
            Duration limit = Duration.ofSeconds(30);
            String broker = connection
                    .call(BusCall.ofBus("GetNameOwner", "com.microsoft.identity.broker1"), limit)
                    .text();
            for (String name :
                    connection.call(BusCall.ofBus("ListNames"), limit).texts()) {
                if (name.startsWith(":") && !name.equals(broker)) {
                    connection.send(new BusCall(name, "/", "dev.signet.Test", "Nudge", List.of()));
                }
            }
        }
    }

    /** The calls of a method so far: its name, version, correlation id and JSON. */
    List<String[]> calls(String method) {
        Process running = broker;
        if (running != null && running.isAlive()) {
            try {
                order("calls", "tell", ""); // what it printed before has been read when it answers
            } catch (UncheckedIOException | AssertionError dying) {
                awaitEnd();
            }
        } else {
            awaitEnd();
        }
        synchronized (calls) {
            return calls.stream().filter(call -> call[0].equals(method)).toList();
        }
    }

    /** Waits until the next call of a method has come. */
    void awaitCall(String method) throws InterruptedException {
        String came = methods.poll(30, TimeUnit.SECONDS);
        while (came != null && !came.equals(method)) {
            came = methods.poll(30, TimeUnit.SECONDS);
        }
        assertEquals(method, came);
    }

    /** A tap between the bus and whoever uses its context. */
    BusTap tap() throws IOException {
        return BusTap.listen(folder.resolve("tap"), folder.resolve("bus"));
    }

    TestContext contextOfTap() {
        return new TestContext().environment(environment("tap", Map.of()));
    }

    TestContext context() {
        return new TestContext().environment(environment(Map.of()));
    }

    Environment environment(Map<String, String> more) {
        return environment("bus", more);
    }

    private Environment environment(String socket, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + folder.resolve(socket) + ",guid=0");
        return Environment.of(variables, Map.of("os.name", "Linux", "user.home", folder.toString()));
    }

    Path home() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        for (Process process : new Process[] {broker, daemon}) {
            if (process != null) {
                process.destroyForcibly().onExit().join();
            }
        }
        awaitEnd();
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
