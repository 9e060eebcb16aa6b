// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One run of a program in a process of its own, among them the start script of the distribution. It sees the variables
 * that it needs to run and those of the test, and nothing of Azure.
 */
final class Program {
    static final Path SIGNET = Path.of("target", "signet", "bin", "signet").toAbsolutePath();

    final int exitCode;
    final String out;
    final String err;

    private Program(int exitCode, String out, String err) {
        this.exitCode = exitCode;
        this.out = out;
        this.err = err;
    }

    static Program signet(Map<String, String> variables, String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = SIGNET.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return run(variables, command);
    }

    static Program run(Map<String, String> variables, String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("program", ".out");
        Path err = Files.createTempFile("program", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of(command))
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().retainAll(List.of("PATH", "LANG", "TMPDIR"));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(variables);
            int exitCode = builder.start().waitFor();
            return new Program(
                    exitCode,
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Skips the test where a program is not installed, but not in CI. */
    static void require(String program) {
        boolean installed = false;
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            installed |= Files.isExecutable(Path.of(folder, program));
        }
        String remedy = program + " is not installed: run .ci/peers/install";
        assertTrue(installed || !"true".equals(System.getenv("CI")), remedy);
        assumeTrue(installed, remedy);
    }

    Program expect(int code) {
        assertEquals(code, exitCode, out + err);
        return this;
    }
}
