// SPDX-License-Identifier: MIT
package dev.signet.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a program in a JVM of its own, with an environment in which nothing but the cloud under test is found. */
final class ChildJvm {
    private static final List<String> AMBIENT =
            List.of("AZURE_", "IDENTITY_", "IMDS_", "MSI_", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_OPTS");

    private final Map<String, String> cloud;

    ChildJvm(Map<String, String> cloud) {
        this.cloud = cloud;
    }

    /** The command of a JVM like this one. */
    static List<String> java(String... arguments) {
        return launcher(Path.of(System.getProperty("java.home")), arguments);
    }

    /** The command of another JVM. */
    static List<String> launcher(Path home, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve("java").toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Runs a program to its end.
     *
     * @throws IOException if it cannot be started or fails
     */
    Result run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(ChildJvm::isAmbient);
        environment.putAll(cloud);
        long start = System.nanoTime();
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        long wall = System.nanoTime() - start;
        if (status != 0) {
            throw new IOException("exit status " + status + " of " + String.join(" ", command) + "\n" + output);
        }
        return new Result(wall, output);
    }

    private static boolean isAmbient(String variable) {
        return AMBIENT.stream().anyMatch(variable::startsWith);
    }

    /**
     * What a program did.
     *
     * @param wallNanos from before its start until after its end
     * @param output what it printed
     */
    record Result(long wallNanos, String output) {
        /** The value of a line {@code key=value}. */
        String value(String key) {
            return output.lines()
                    .filter(line -> line.startsWith(key + "="))
                    .map(line -> line.substring(key.length() + 1))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no " + key + " in: " + output));
        }

        long number(String key) {
            return Long.parseLong(value(key));
        }
    }
}
