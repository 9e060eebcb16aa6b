// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules 10, 16 and 17 read from the sources, which also covers modules that are built after this one. */
final class SourceFilesTest {
    private static final Pattern VAGUE_NAME =
            Pattern.compile("(Abstract.*|.*(Impl|Base|Utils?|Helper|Manager))\\.java");
    private static final int MOST_LINES = 400;
    private static final List<String> LONGER = List.of("DefaultAzureCredentialBuilder.java");

    private static final Pattern PROCESS = Pattern.compile("new ProcessBuilder|Runtime\\.getRuntime\\(\\)\\.exec");
    private static final Pattern ENVIRONMENT = Pattern.compile("System(\\.|::)(getenv|getPropert)");
    private static final Map<String, String> STARTERS =
            Map.of("ChildProcess.java", "signet exec hands its own streams to a program that runs as long as it likes");

    static List<String> modules() throws IOException {
        return ProjectFiles.namedModules();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void packages_ofModule_areNullMarked(String module) throws IOException {
        TreeSet<Path> unmarked = new TreeSet<>();
        for (Path file : sources(module)) {
            Path info = file.resolveSibling("package-info.java");
            boolean code = !file.endsWith("module-info.java") && !file.endsWith("package-info.java");
            if (code && !(Files.exists(info) && Files.readString(info).contains("@NullMarked"))) {
                unmarked.add(file.getParent());
            }
        }
        assertEquals(List.of(), List.copyOf(unmarked));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void names_ofClasses_saySomething(String module) throws IOException {
        List<String> vague = new ArrayList<>();
        for (Path file : sources(module)) {
            if (VAGUE_NAME.matcher(file.getFileName().toString()).matches()) {
                vague.add(file.getFileName().toString());
            }
        }
        assertEquals(List.of(), vague);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void files_ofModule_areShort(String module) throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources(module)) {
            String name = file.getFileName().toString();
            if (code(file) > MOST_LINES && !LONGER.contains(name)) {
                tooLong.add(name);
            }
        }
        assertEquals(List.of(), tooLong);
    }

    /** Those that {@link ArchitectureTest} does not see. */
    static List<String> laterModules() throws IOException {
        List<String> seen =
                ReachableModule.ALL.stream().map(ReachableModule::folder).toList();
        return modules().stream()
                .filter(module ->
                        !seen.contains(module) && !module.equals("benchmarks") && !module.startsWith("examples/"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("laterModules")
    void processes_ofLaterModule_areStartedInOnePlace(String module) throws IOException {
        assertEquals(List.of(), calls(module, PROCESS, STARTERS));
    }

    @ParameterizedTest
    @MethodSource("laterModules")
    void environment_ofLaterModule_isNotRead(String module) throws IOException {
        assertEquals(List.of(), calls(module, ENVIRONMENT, Map.of()));
    }

    @Test
    void calls_patterns_bite() {
        assertTrue(PROCESS.matcher("return new ProcessBuilder(command);").find());
        assertTrue(PROCESS.matcher("Runtime.getRuntime().exec(\"true\");").find());
        assertTrue(ENVIRONMENT.matcher("System.getenv(\"PATH\")").find());
        assertTrue(ENVIRONMENT.matcher("System::getProperty").find());
    }

    private static List<String> calls(String module, Pattern call, Map<String, String> allowed) throws IOException {
        List<String> callers = new ArrayList<>();
        for (Path file : sources(module)) {
            String name = file.getFileName().toString();
            if (!allowed.containsKey(name)
                    && call.matcher(Files.readString(file)).find()) {
                callers.add(name);
            }
        }
        return callers;
    }

    /** Lines that are neither blank nor comment. */
    private static long code(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("*") && !line.startsWith("/"))
                .count();
    }

    private static List<Path> sources(String module) throws IOException {
        try (Stream<Path> files = Files.walk(ProjectFiles.root().resolve(module).resolve("src/main/java"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertTrue(sources.size() > 2, module);
            return sources;
        }
    }
}
