// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that ends with the command, Ctrl-C included. */
final class TemporaryFolder {
    private TemporaryFolder() {}

    static Path create(String prefix) throws IOException {
        Path folder = Files.createTempDirectory(prefix);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "signet-cleanup"));
        return folder;
    }

    /** Deletes what can be deleted; at the end of a process nobody is left to hear of the rest. */
    static void delete(Path folder) {
        List<Path> innermostFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            innermostFirst = all.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException gone) {
            return;
        }
        for (Path path : innermostFirst) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException kept) {
                // whoever holds it open keeps it
            }
        }
    }
}
