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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The application gives the same answers from the class path, the module path and an image. */
class SlimImageTest {
    private static final String MAIN = "dev.signet.examples.slim.Slim";
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private static final Map<String, Path> IMAGES = new HashMap<>();

    @TempDir
    static Path folder;

    private static String modules = "";
    private static Path image = Path.of("");

    /** A line of the file {@code families}. */
    record Family(String name, String module, String scenario) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Family> families() throws IOException {
        return Files.readAllLines(Path.of("families")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\\s+"))
                .map(words -> new Family(words[0], words[1], words[2]))
                .toList();
    }

    @BeforeAll
    static void link() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the build script needs a POSIX shell");
        modules = runtimePath();
        for (Family family : families()) {
            Path output = folder.resolve(family.name());
            List<String> roots = List.of("dev.signet.examples.slim", family.module());
            String path = DescribedModules.path(everything(), roots, folder.resolve("described"));
            Outcome linked =
                    run(Map.of(), List.of("/bin/sh", "build", "--link", path, output.toString(), family.module()));
            assertEquals(0, linked.status, linked.output);
            IMAGES.put(family.name(), output);
        }
        image = IMAGES.get("managed-identity");
    }

    @ParameterizedTest
    @MethodSource("families")
    void token_inImage_comesFromTheFamily(Family family) throws Exception {
        Path linked = IMAGES.get(family.name());
        System.out.printf("The image for %s has %.1f MB.%n", family.name(), size(linked) / 1e6);
        Path output = folder.resolve(family.name() + ".txt");
        ProcessBuilder builder = new ProcessBuilder(launcher(linked).toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());

        int status = InCloud.run(family.scenario(), builder);

        String printed = Files.readString(output);
        assertEquals(0, status, printed);
        assertTrue(printed.contains("Credential gave a token that is valid until "), printed);
    }

    @Test
    void families_list_hasManagedIdentity() throws IOException {
        assertTrue(families().contains(new Family("managed-identity", "dev.signet.identity.managedidentity", "vm")));
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
        List<String> command = new ArrayList<>(List.of(launcher(image).toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Path launcher(Path image) {
        return image.resolve("bin").resolve("slim");
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** The class path of this test, which has every family, as a module path. */
    private static String everything() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.endsWith("test-classes")) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    /** The class path of this test without what only tests need. */
    private static String runtimePath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String path = entry.replace(File.separatorChar, '/');
            boolean ours = path.matches(".*/(identity-(api|core|chain)|provider-managed-identity)\\b.*");
            boolean library = path.contains("/slf4j-api");
            boolean example = path.endsWith("/slim-image/target/classes");
            if (ours || library || example) {
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
