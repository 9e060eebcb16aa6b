// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.spi.Environment;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds programs by rules of our own: on {@code PATH}, in absolute directories only, so that a file that lies in the
 * current directory is never run; then in directories that the caller knows, since a desktop may start programs with a
 * short {@code PATH}. An environment that does not name its system has none of these, so tests stay among themselves.
 *
 * @since 0.1.0
 */
public final class ExecutableSearch {
    private ExecutableSearch() {}

    /**
     * The first candidate that can be run.
     *
     * @param environment its variables, and {@code os.name}
     * @param names file names, the preferred one first
     * @param wellKnown absolute directories to ask when {@code PATH} has no hit
     * @return an absolute file name; empty if there is none now
     */
    public static Optional<String> find(Environment environment, List<String> names, List<String> wellKnown) {
        boolean windows = OperatingSystem.of(environment) == OperatingSystem.WINDOWS;
        for (String candidate : candidates(environment, names, wellKnown)) {
            try {
                Path file = Path.of(candidate);
                // programs of the Windows store are links that cannot be followed
                if (windows
                        ? Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(file)
                        : Files.isRegularFile(file) && Files.isExecutable(file)) {
                    return Optional.of(candidate);
                }
            } catch (InvalidPathException noFileName) {
                // not here, then
            }
        }
        return Optional.empty();
    }

    /**
     * The files that are tried, whether or not they exist.
     *
     * @param environment its variables, and {@code os.name}
     * @param names file names; a directory is searched for all of them before the next one
     * @param wellKnown absolute directories to ask behind {@code PATH}
     * @return absolute file names in order
     */
    public static List<String> candidates(Environment environment, List<String> names, List<String> wellKnown) {
        boolean windows = OperatingSystem.of(environment) == OperatingSystem.WINDOWS;
        List<String> directories = new ArrayList<>();
        for (Map.Entry<String, String> variable : environment.variables().entrySet()) {
            String name = variable.getKey();
            if (windows ? name.equalsIgnoreCase("PATH") : name.equals("PATH")) {
                directories.addAll(List.of(variable.getValue().split(windows ? ";" : ":", -1)));
            }
        }
        if (environment.property("os.name").isPresent()) {
            directories.addAll(wellKnown);
        }
        List<String> candidates = new ArrayList<>();
        for (String directory : directories) {
            String plain = windows ? directory.replace("\"", "").strip() : directory;
            if (isAbsolute(plain, windows)) {
                boolean joined = plain.endsWith("/") || plain.endsWith("\\");
                String start = joined ? plain : plain + (windows ? '\\' : '/');
                for (String name : names) {
                    candidates.add(start + name);
                }
            }
        }
        return candidates;
    }

    /** Judged by its text, since the rules of Windows must hold where they are tested. */
    static boolean isAbsolute(String file, boolean windows) {
        if (!windows) {
            return file.startsWith("/");
        }
        boolean drive = file.length() > 2 && file.charAt(1) == ':' && "\\/".indexOf(file.charAt(2)) >= 0;
        return drive || file.startsWith("\\\\");
    }
}
