// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every Java block of README is a tagged part of a compiled test source, and the other way round. */
final class SnippetsTest {
    private static final int CUSTOM_CREDENTIAL_LINES = 30;

    @Test
    void readme_javaBlocks_areCompiled() throws IOException {
        List<List<String>> blocks = readmeBlocks();
        assertTrue(blocks.size() >= 4, "README has " + blocks.size() + " Java blocks");
        Map<String, List<String>> snippets = snippets();
        for (List<String> block : blocks) {
            assertTrue(snippets.containsValue(block), "not compiled:\n" + String.join("\n", block));
        }
    }

    @Test
    void snippets_all_areInReadme() throws IOException {
        Set<List<String>> blocks = new HashSet<>(readmeBlocks());
        snippets().forEach((name, lines) -> assertTrue(blocks.contains(lines), name + " is not in README"));
    }

    @Test
    void customCredential_staysWithinThirtyLines() throws IOException {
        int lines = snippets().get("custom").size();
        assertTrue(lines <= CUSTOM_CREDENTIAL_LINES, lines + " lines");
    }

    @Test
    void snippets_tags_arePaired() {
        assertEquals(Map.of("a", List.of("x")), tagged(List.of("// tag::a", "  x", "// end::a", "y"), new TreeMap<>()));
    }

    private static List<List<String>> readmeBlocks() throws IOException {
        List<List<String>> blocks = new ArrayList<>();
        List<String> block = null;
        for (String line : ProjectFiles.read("README.md").lines().toList()) {
            if (line.equals("```java")) {
                block = new ArrayList<>();
            } else if (line.startsWith("```") && block != null) {
                blocks.add(trimmed(block));
                block = null;
            } else if (block != null) {
                block.add(line);
            }
        }
        return blocks;
    }

    private static Map<String, List<String>> snippets() throws IOException {
        Map<String, List<String>> snippets = new TreeMap<>();
        List<String> modules = ProjectFiles.reactorModules().stream()
                .filter(module -> module.equals("identity-chain")
                        || module.equals("token-cache-persistence")
                        || module.startsWith("integrations/"))
                .toList();
        for (String module : modules) {
            for (Path file : testSources(ProjectFiles.root().resolve(module).resolve("src/test/java"))) {
                tagged(Files.readAllLines(file), snippets);
            }
        }
        return snippets;
    }

    private static List<Path> testSources(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("SnippetsTest.java"))
                    .toList();
        }
    }

    private static Map<String, List<String>> tagged(List<String> source, Map<String, List<String>> snippets) {
        String name = null;
        List<String> lines = new ArrayList<>();
        for (String line : source) {
            String text = line.strip();
            if (text.startsWith("// tag::")) {
                name = text.substring("// tag::".length());
                lines = new ArrayList<>();
            } else if (name != null && text.equals("// end::" + name)) {
                assertTrue(snippets.put(name, trimmed(lines)) == null, "two snippets are named " + name);
                name = null;
            } else if (name != null) {
                lines.add(line);
            }
        }
        assertTrue(name == null, "no end::" + name);
        return snippets;
    }

    /** White space does not count, nor do blank lines at the ends. */
    private static List<String> trimmed(List<String> lines) {
        String text = String.join("\n", lines).strip();
        return text.lines().map(line -> line.strip().replaceAll("\\s+", " ")).toList();
    }
}
