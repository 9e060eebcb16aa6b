// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.testkit.EmbeddedCloud;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** What a fresh JVM loads on its way to a first managed-identity token. */
final class ColdStartClassesTest {
    private static final int MOST_CLASSES = 1_300;
    private static final int MOST_OF_CLASS_PATH = 250;
    private static final int TIMEOUT_SECONDS = 60;

    /** Loaded classes by name, with the place they came from. */
    private static Map<String, String> loaded;

    @BeforeAll
    static void getOneToken(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("classes.log");
        try (EmbeddedCloud cloud = EmbeddedCloud.start()) {
            Map<String, String> variables = cloud.appService().environment();
            Process program = start(log, folder.resolve("out.txt"), variables);
            if (!program.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                program.destroyForcibly();
            }
            String output = Files.readString(folder.resolve("out.txt"));
            assertEquals(0, program.waitFor(), output);
            assertTrue(output.contains("ManagedIdentityCredential"), output);
            cloud.assertNoViolations();
        }
        loaded = read(log);
    }

    @Test
    void log_ofClasses_showsTheWayToTheToken() {
        assertTrue(loaded.containsKey("dev.signet.identity.managedidentity.ManagedIdentityCredential"));
        assertTrue(loaded.containsKey("java.lang.Object"));
    }

    @Test
    void classes_lambdasOfOurs_areNone() {
        assertEquals(List.of(), loadedWhere("dev.signet.", "Lambda"));
    }

    @Test
    void classes_foreign_areOfSlf4jAlone() {
        List<String> others = new ArrayList<>();
        for (Map.Entry<String, String> type : loaded.entrySet()) {
            String name = type.getKey();
            boolean expected = name.startsWith("dev.signet.identity.") || name.startsWith("org.slf4j.");
            if (type.getValue().contains(".jar") && !expected) {
                others.add(name);
            }
        }
        assertEquals(List.of(), others);
        assertEquals(List.of(), loadedWhere("com.microsoft.", ""));
        assertEquals(List.of(), loadedWhere("ch.qos.logback.", ""));
    }

    /** The budget is for the oldest Java; a newer one may load more of its own, with which we have nothing to do. */
    @Test
    @EnabledForJreRange(max = JRE.JAVA_17)
    void classes_inAll_stayWithinTheBudget() {
        assertTrue(loaded.size() <= MOST_CLASSES, loaded.size() + " classes");
    }

    @Test
    void classes_ofTheClassPath_stayWithinTheirShare() {
        long fromClassPath = loaded.values().stream()
                .filter(source -> source.contains("file:"))
                .count();
        assertTrue(fromClassPath <= MOST_OF_CLASS_PATH, fromClassPath + " classes");
    }

    private static List<String> loadedWhere(String prefix, String part) {
        return loaded.keySet().stream()
                .filter(name -> name.startsWith(prefix) && name.contains(part))
                .toList();
    }

    private static Process start(Path log, Path output, Map<String, String> variables) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xlog:class+load:file=" + log.getFileName());
        command.add("-cp");
        command.add(String.join(File.pathSeparator, classPath()));
        command.add(ColdStart.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(log.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        return builder.start();
    }

    /** What a managed-identity application has on its class path, and the program. */
    private static List<String> classPath() throws Exception {
        List<String> path = new ArrayList<>();
        for (ReachableModule module : ReachableModule.SLIM) {
            path.add(module.location().toString());
        }
        path.add(locationOf(Logger.class));
        path.add(testClasses());
        return path;
    }

    private static String locationOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    /** On the module path test classes claim to come from the module that they are patched into. */
    private static String testClasses() throws URISyntaxException {
        URL program = ColdStart.class.getResource("ColdStart.class");
        Path file = Path.of(program.toURI());
        int depth = ColdStart.class.getName().split("\\.", -1).length;
        for (int i = 0; i < depth; i++) {
            file = file.getParent();
        }
        return file.toString();
    }

    private static Map<String, String> read(Path log) throws IOException {
        Map<String, String> types = new LinkedHashMap<>();
        for (String line : Files.readAllLines(log)) {
            int source = line.indexOf(" source: ");
            if (source > 0) {
                String name = line.substring(line.lastIndexOf(']', source) + 1, source)
                        .strip();
                types.put(name, line.substring(source));
            }
        }
        return types;
    }
}
