// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The bill of materials and README name what is published, and versions stand in the root POM only. */
final class BomTest {
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>(.*?)</dependency>",
            Pattern.DOTALL);
    private static final Pattern PARENT = Pattern.compile("<parent>.*?</parent>", Pattern.DOTALL);
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]*)</version>");

    @Test
    void bom_dependencies_areThePublishedModules() throws IOException {
        Set<String> listed = new TreeSet<>();
        Matcher matcher = DEPENDENCY.matcher(ProjectFiles.read("bom/pom.xml"));
        while (matcher.find()) {
            assertEquals("dev.signet", matcher.group(1), "third-party: " + matcher.group(2));
            assertEquals(
                    "<version>${project.version}</version>", matcher.group(3).strip(), matcher.group(2));
            assertTrue(listed.add(matcher.group(2)), "listed twice: " + matcher.group(2));
        }
        assertEquals(published(), listed);
    }

    @Test
    void root_dependencyManagement_knowsThePublishedModules() throws IOException {
        Set<String> managed = new TreeSet<>();
        Matcher matcher = DEPENDENCY.matcher(ProjectFiles.read("pom.xml"));
        while (matcher.find()) {
            if (matcher.group(1).equals("dev.signet")) {
                managed.add(matcher.group(2));
            }
        }
        assertTrue(managed.containsAll(published()), managed + " instead of " + published());
    }

    @Test
    void modules_versions_standInTheRootPom() throws IOException {
        publishedPoms().forEach((pom, artifact) -> {
            Matcher versions = VERSION.matcher(pom);
            while (versions.find()) {
                String version = versions.group(1);
                assertTrue(version.startsWith("${"), artifact + " sets version " + version);
            }
        });
    }

    @Test
    void modules_listed_areAllThere() throws IOException {
        List<String> modules = ProjectFiles.reactorModules();
        assertFalse(modules.isEmpty());
        assertEquals(new TreeSet<>(modules).size(), modules.size());
        assertTrue(modules.contains("bom"));
        assertTrue(published().size() >= ReachableModule.ALL.size());
    }

    @Test
    void readme_moduleTable_namesThePublishedModules() throws IOException {
        List<String> missing = new ArrayList<>();
        String readme = ProjectFiles.read("README.md");
        for (String artifact : published()) {
            if (readme.lines().noneMatch(line -> line.startsWith("| `" + artifact + "` |"))) {
                missing.add(artifact);
            }
        }
        assertEquals(List.of(), missing);
    }

    /** Artifacts of the reactor that are deployed. */
    private static Set<String> published() throws IOException {
        return new TreeSet<>(publishedPoms().values());
    }

    /** The POMs of what is deployed, without the part about the parent, and the artifacts they describe. */
    private static Map<String, String> publishedPoms() throws IOException {
        Map<String, String> published = new LinkedHashMap<>();
        for (String module : ProjectFiles.reactorModules()) {
            String pom = PARENT.matcher(ProjectFiles.read(module + "/pom.xml")).replaceAll("");
            boolean deployed = !pom.contains("<maven.deploy.skip>true</maven.deploy.skip>");
            boolean jar = !pom.contains("<packaging>pom</packaging>");
            if (deployed && jar) {
                Matcher artifact = ARTIFACT.matcher(pom);
                assertTrue(artifact.find(), module);
                published.put(pom, artifact.group(1));
            }
        }
        return published;
    }
}
