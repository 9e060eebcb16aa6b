// SPDX-License-Identifier: MIT
package dev.signet.examples.slim;

import dev.signet.identity.testkit.Emulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs a command as if it ran in Azure: on a virtual machine, in a pod, as a service principal. */
final class InCloud {
    private InCloud() {}

    /**
     * Runs the command; its exit status is ours.
     *
     * @param args a scenario of the emulator, and the command
     * @throws IOException if it cannot be started
     * @throws InterruptedException if it is told to stop
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> command = Arrays.asList(args).subList(1, args.length);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        System.exit(run(args[0], builder));
    }

    /** Runs the command with the variables of a scenario to its end. */
    static int run(String scenario, ProcessBuilder builder) throws IOException, InterruptedException {
        Path files = Files.createTempDirectory("signet-slim");
        try (Emulator emulator = Emulator.start(0, files)) {
            Map<String, String> variables = new HashMap<>(emulator.trust());
            variables.putAll(emulator.scenarios().get(scenario));
            builder.environment().keySet().removeIf(name -> name.startsWith("AZURE_") || name.startsWith("IDENTITY_"));
            builder.environment().putAll(variables);
            int status = builder.start().waitFor();
            emulator.cloud().assertNoViolations();
            return status;
        } finally {
            try (Stream<Path> left = Files.walk(files)) {
                for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
