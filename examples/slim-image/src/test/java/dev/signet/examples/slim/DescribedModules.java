// SPDX-License-Identifier: MIT
package dev.signet.examples.slim;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.moditect.commands.AddModuleInfo;

/**
 * Makes a module path that jlink takes: it refuses automatic modules, such as MSAL4J. Those that are needed get a
 * descriptor, which jdeps writes and ModiTect puts into a copy of the jar. All others stay as they are.
 */
final class DescribedModules {
    private static final List<String> APPLICATION = List.of("dev.signet.examples.slim");

    private DescribedModules() {}

    /**
     * Prints the new module path.
     *
     * @param args module path, the family's module, the folder for the copies
     */
    public static void main(String[] args) throws IOException {
        List<String> roots = new ArrayList<>(APPLICATION);
        roots.add(args[1]);
        System.out.println(path(args[0], roots, Path.of(args[2])));
    }

    /** The jars that the roots need, on a module path of their own. */
    static String path(String modulePath, List<String> roots, Path folder) throws IOException {
        Map<String, Path> locations = new TreeMap<>();
        Map<String, Path> automatic = new LinkedHashMap<>();
        for (ModuleReference module : resolved(modulePath, roots)) {
            Path location = Path.of(module.location().orElseThrow());
            locations.put(module.descriptor().name(), location);
            if (module.descriptor().isAutomatic()) {
                automatic.put(module.descriptor().name(), location);
            }
        }
        String others = join(locations);
        for (Map.Entry<String, Path> module : automatic.entrySet()) {
            locations.put(module.getKey(), describe(module.getValue(), others, folder));
        }
        return join(locations);
    }

    private static List<ModuleReference> resolved(String modulePath, List<String> roots) {
        List<Path> entries = new ArrayList<>();
        for (String entry : modulePath.split(File.pathSeparator)) {
            entries.add(Path.of(entry));
        }
        ModuleFinder finder = ModuleFinder.of(entries.toArray(new Path[0]));
        Configuration jdk = ModuleLayer.boot().configuration();
        return Configuration.resolve(finder, List.of(jdk), ModuleFinder.ofSystem(), Set.copyOf(roots))
                .modules()
                .stream()
                .map(ResolvedModule::reference)
                .filter(module -> finder.find(module.descriptor().name()).isPresent())
                .toList();
    }

    private static Path describe(Path jar, String modulePath, Path folder) throws IOException {
        Path copies = Files.createDirectories(folder);
        Path sources = Files.createTempDirectory(copies, "descriptor");
        List<String> arguments = List.of(
                "--multi-release",
                "base",
                "--ignore-missing-deps",
                "--module-path",
                modulePath,
                "--generate-module-info",
                sources.toString(),
                jar.toString());
        StringWriter printed = new StringWriter();
        int status = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(new PrintWriter(printed), new PrintWriter(printed), arguments.toArray(new String[0]));
        if (status != 0) {
            throw new IOException("jdeps: " + printed);
        }
        String descriptor;
        try (Stream<Path> files = Files.walk(sources)) {
            descriptor = Files.readString(files.filter(file -> file.endsWith("module-info.java"))
                    .findFirst()
                    .orElseThrow());
        }
        new AddModuleInfo(headless(descriptor), null, null, jar, copies, null, true, null).run();
        return copies.resolve(jar.getFileName());
    }

    /** Whatever can open a browser or a window needs the desktop, some 15 MB; an image for a server has none. */
    private static String headless(String descriptor) {
        return descriptor.replace("requires java.desktop;", "requires static java.desktop;");
    }

    private static String join(Map<String, Path> locations) {
        return String.join(
                File.pathSeparator,
                locations.values().stream().map(Path::toString).toList());
    }
}
