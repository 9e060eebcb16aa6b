// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The project's files, found by walking up from the folder the tests run in. */
final class ProjectFiles {
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private ProjectFiles() {}

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new AssertionError("not run inside the project");
            }
        }
        return folder;
    }

    static String read(String path) throws IOException {
        return Files.readString(root().resolve(path));
    }

    /** The folders listed in the root POM, in its order. */
    static List<String> reactorModules() throws IOException {
        List<String> modules = new ArrayList<>();
        Matcher matcher = MODULE.matcher(read("pom.xml"));
        while (matcher.find()) {
            modules.add(matcher.group(1));
        }
        return modules;
    }

    /** The folders listed in the root POM that hold a named module. */
    static List<String> namedModules() throws IOException {
        List<String> modules = new ArrayList<>();
        for (String module : reactorModules()) {
            if (Files.exists(root().resolve(module).resolve("src/main/java/module-info.java"))) {
                modules.add(module);
            }
        }
        return modules;
    }
}
