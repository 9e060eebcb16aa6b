// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A second Java process, started from the class path, that a test talks to by lines. */
final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private ChildJvm(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Without a Secret Service, whatever the machine has. */
    static ChildJvm start(Path home, Class<?> main, String... arguments) throws IOException {
        return launch(home, java(main, arguments));
    }

    /** In a D-Bus session of its own, behind a command that starts a keyring in it. */
    static ChildJvm startWithKeyring(Path home, String keyring, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/dbus-run-session", "--", "/bin/sh", "-c"));
        command.add(keyring + " >/dev/null 2>&1; \"$@\"; code=$?; exit $code");
        command.add("sh");
        command.addAll(java(main, arguments));
        return launch(home, command);
    }

    private static ChildJvm launch(Path home, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().remove("DISPLAY");
        builder.environment().remove("WAYLAND_DISPLAY");
        builder.environment().put("HOME", home.toString());
        builder.environment().put("XDG_RUNTIME_DIR", home.toString());
        builder.environment().put("XDG_DATA_HOME", home.resolve("data").toString());
        builder.environment().put("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + home.resolve("absent"));
        return new ChildJvm(builder.start());
    }

    private static List<String> java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String classPath() {
        try {
            Path tests = Path.of(ChildJvm.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Stream.of(
                            tests.resolveSibling("classes").toString(),
                            tests.resolveSibling("test-classes").toString(),
                            System.getProperty("jdk.module.path"),
                            System.getProperty("java.class.path"))
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (URISyntaxException malformed) {
            throw new AssertionError(malformed);
        }
    }

    /** The next line; what a log prints is passed over. */
    String line() {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("> ")) {
                    return line.substring(2);
                }
            }
            return "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** SIGKILL; what it said before can still be read, unlike after {@link Process#destroyForcibly}. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    int exit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the child does not end");
        }
        return process.exitValue();
    }

    /** The session's bus too, whose end is the keyring's. */
    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        kill();
    }
}
