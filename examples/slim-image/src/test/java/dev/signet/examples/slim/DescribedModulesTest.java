// SPDX-License-Identifier: MIT
package dev.signet.examples.slim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module without descriptor, such as MSAL4J, gets one that jlink takes. */
class DescribedModulesTest {
    @TempDir
    Path folder;

    private Path named;
    private Path automatic;

    /** A named module that uses an automatic one, which uses HTTP, and the desktop if there is one. */
    @BeforeEach
    void compile() throws IOException {
        automatic = jar("library", Map.of("library/Library.java", """
                        package library;
                        public class Library {
                            public static Object client() { return java.net.http.HttpClient.newHttpClient(); }
                            public static boolean browser() { return java.awt.Desktop.isDesktopSupported(); }
                        }
                        """), "the.library");
        named = jar(
                "application",
                Map.of(
                        "module-info.java",
                        "module the.application { requires the.library; }",
                        "application/Application.java",
                        "package application; class Application { Object client = library.Library.client(); }"),
                null);
    }

    private Path jar(String name, Map<String, String> sources, String moduleName) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(name));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(name + "-sources").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            Path path = automatic == null ? classes : automatic;
            int status = ToolProvider.findFirst("javac")
                    .orElseThrow()
                    .run(
                            System.out,
                            System.err,
                            "--module-path",
                            path.toString(),
                            "--class-path",
                            classes + File.pathSeparator + path,
                            "-d",
                            classes.toString(),
                            file.toString());
            assertEquals(0, status);
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (moduleName != null) {
            manifest.getMainAttributes().putValue("Automatic-Module-Name", moduleName);
        }
        Path jar = folder.resolve(name + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            try (var files = Files.walk(classes)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    entries.putNextEntry(
                            new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                    entries.write(Files.readAllBytes(file));
                }
            }
        }
        return jar;
    }

    @Test
    void path_automaticModule_isDescribed() throws IOException {
        String path = DescribedModules.path(
                named + File.pathSeparator + automatic, List.of("the.application"), folder.resolve("described"));

        List<String> entries = List.of(path.split(File.pathSeparator));
        assertEquals(
                List.of(
                        named.toString(),
                        folder.resolve("described/library.jar").toString()),
                entries);
        ModuleDescriptor library = ModuleFinder.of(Path.of(entries.get(1)))
                .find("the.library")
                .orElseThrow()
                .descriptor();
        assertFalse(library.isAutomatic());
        Map<String, ModuleDescriptor.Requires> requires = library.requires().stream()
                .collect(Collectors.toMap(ModuleDescriptor.Requires::name, Function.identity()));
        assertTrue(requires.containsKey("java.net.http"), library.toString());
        assertTrue(requires.get("java.desktop").modifiers().contains(Modifier.STATIC), "an image needs no desktop");
    }

    @Test
    void path_namedModules_stayAsTheyAre() throws IOException {
        Path folderOfCopies = folder.resolve("described");
        String path =
                DescribedModules.path(automatic + File.pathSeparator + named, List.of("java.base"), folderOfCopies);
        assertEquals("", path);
        assertFalse(Files.exists(folderOfCopies));
    }
}
