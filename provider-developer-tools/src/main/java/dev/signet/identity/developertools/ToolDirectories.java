// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.core.OperatingSystem;
import dev.signet.identity.spi.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where installers put tools, and where tools keep who is signed in. */
final class ToolDirectories {
    private static final List<String> POSIX = List.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin");

    private ToolDirectories() {}

    /** Where tools are, whether or not they are on the path. */
    static List<String> programs(Environment environment, String... more) {
        List<String> directories = new ArrayList<>();
        if (isWindows(environment)) {
            for (String variable : List.of("ProgramFiles(x86)", "ProgramFiles")) {
                environment
                        .get(variable)
                        .ifPresent(root -> directories.add(root + "\\Microsoft SDKs\\Azure\\CLI2\\wbin"));
            }
        } else {
            directories.addAll(POSIX);
            directories.addAll(List.of(more));
        }
        return directories;
    }

    /** Files in a tool's configuration directory, which a variable or else the home directory names. */
    static List<String> configuration(Environment environment, String variable, String folder, String... names) {
        String separator = isWindows(environment) ? "\\" : "/";
        Optional<String> given = environment.get(variable);
        String directory = given.orElseGet(() -> environment
                        .get(isWindows(environment) ? "USERPROFILE" : "HOME")
                        .or(() -> environment.property("user.home"))
                        .orElse("")
                + separator
                + folder);
        List<String> files = new ArrayList<>();
        for (String name : names) {
            files.add(directory + separator + name);
        }
        return files;
    }

    /** An environment in which only the PowerShell that comes with Windows is found. */
    static Environment windowsPowerShell(Environment environment) {
        String root = "";
        for (String name : environment.variables().keySet()) {
            root = name.equalsIgnoreCase("SystemRoot") ? environment.get(name).orElse("") : root;
        }
        return Environment.of(
                Map.of("PATH", root + "\\System32\\WindowsPowerShell\\v1.0"),
                Map.of("os.name", environment.property("os.name").orElse("")));
    }

    static boolean isWindows(Environment environment) {
        return OperatingSystem.of(environment) == OperatingSystem.WINDOWS;
    }
}
