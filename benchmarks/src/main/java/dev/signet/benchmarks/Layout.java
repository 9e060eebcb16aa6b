// SPDX-License-Identifier: MIT
package dev.signet.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where the build has put what the measured programs need. */
final class Layout {
    private final Path target;

    Layout(Path target) {
        this.target = target.toAbsolutePath();
    }

    Path target() {
        return target;
    }

    /** Our own programs, compiled. */
    Path classes() {
        return target.resolve("classes");
    }

    /** The image that was linked for this run. */
    Path image() {
        return target.resolve("image");
    }

    /** What an application with managed identity has on its path. */
    List<Path> signet() throws IOException {
        return jars("signet");
    }

    /** What an application with a service principal has on its path. */
    List<Path> servicePrincipal() throws IOException {
        return jars("service-principal");
    }

    /** What an application with azure-identity has on its path. */
    List<Path> azureIdentity() throws IOException {
        return jars("peer");
    }

    List<Path> jmh() throws IOException {
        return jars("jmh");
    }

    /** The path of our programs and some jars. */
    String classPath(List<Path> jars) {
        StringBuilder path = new StringBuilder(classes().toString());
        for (Path jar : jars) {
            path.append(File.pathSeparator).append(jar);
        }
        return path.toString();
    }

    /** The path of jars alone. */
    static String path(List<Path> jars) {
        List<String> names = new ArrayList<>();
        for (Path jar : jars) {
            names.add(jar.toString());
        }
        return String.join(File.pathSeparator, names);
    }

    private List<Path> jars(String folder) throws IOException {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(target.resolve("lib").resolve(folder), "*.jar")) {
            for (Path file : files) {
                jars.add(file);
            }
        }
        Collections.sort(jars);
        return jars;
    }
}
