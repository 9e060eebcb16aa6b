// SPDX-License-Identifier: MIT
package dev.signet.examples.slim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.signet.identity.testkit.EmbeddedCloud;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application gives the same answers from the class path, the module path and an image. */
class SlimImageTest {
    private static final String MAIN = "dev.signet.examples.slim.Slim";
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    static Path folder;

    private static String modules = "";
    private static Path image = Path.of("");

    @BeforeAll
    static void link() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the build script needs a POSIX shell");
        modules = runtimePath();
        image = folder.resolve("image");
        Outcome linked = run(Map.of(), List.of("/bin/sh", "build", "--link", modules, image.toString()));
        assertEquals(0, linked.status, linked.output);
    }

    @Test
    void explain_classPathModulePathAndImage_findTheSameInTheSameOrder() throws Exception {
        Outcome fromClassPath = run(Map.of(), List.of(JAVA.toString(), "-cp", modules, MAIN, "--explain"));
        Outcome fromModulePath = run(Map.of(), modular(JAVA, "--explain"));
        Outcome fromImage = run(Map.of(), imaged("--explain"));

        List<String> names = names(fromImage.output);
        assertTrue(names.contains("ManagedIdentityCredential"), fromImage.output);
        assertTrue(
                names.indexOf("WorkloadIdentityCredential") < names.indexOf("ManagedIdentityCredential"),
                fromImage.output);
        assertEquals(names(fromClassPath.output), names);
        assertEquals(names(fromModulePath.output), names);
    }

    @Test
    void token_inImage_comesFromManagedIdentity() throws Exception {
        try (EmbeddedCloud cloud = EmbeddedCloud.start()) {
            Outcome outcome = run(cloud.imds().environment(), imaged());

            assertEquals(0, outcome.status, outcome.output);
            assertTrue(
                    outcome.output.contains("ManagedIdentityCredential gave a token that is valid until "),
                    outcome.output);
            cloud.assertNoViolations();
        }
    }

    @Test
    void token_nothingConfigured_failsWithTheReport() throws Exception {
        Outcome outcome = run(Map.of("AZURE_TOKEN_CREDENTIALS", "WorkloadIdentityCredential"), imaged());

        assertEquals(1, outcome.status, outcome.output);
        assertTrue(outcome.output.contains("WorkloadIdentityCredential"), outcome.output);
    }

    private static List<String> modular(Path java, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(java.toString(), "-p", modules, "--add-modules", "dev.signet.identity.managedidentity"));
        command.addAll(List.of("-m", "dev.signet.examples.slim/" + MAIN));
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> imaged(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(image.resolve("bin").resolve("slim").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The class path of this test without what only tests need. */
    private static String runtimePath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String path = entry.replace(File.separatorChar, '/');
            boolean ours = path.contains("/identity-") || path.contains("/provider-managed-identity");
            boolean library = path.contains("/slf4j-api");
            boolean example = path.endsWith("/slim-image/target/classes");
            if ((ours || library || example) && !path.contains("/identity-testkit")) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    /** The names of the credentials, in the order of the lines. */
    private static List<String> names(String explanation) {
        List<String> names = new ArrayList<>();
        for (String line : explanation.split("\n")) {
            for (String word : line.strip().split("\\s+")) {
                if (word.matches("[A-Za-z]+Credential")) {
                    names.add(word);
                    break;
                }
            }
        }
        return names;
    }

    private static Outcome run(Map<String, String> variables, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AZURE_") || name.startsWith("IDENTITY_"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.putAll(variables);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    private record Outcome(int status, String output) {}
}
