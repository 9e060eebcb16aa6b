// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where key files go: a given directory, or a temporary one that is deleted at the end. */
final class KeyDirectory {
    private final @Nullable Path given;
    private @Nullable Path temporary;

    KeyDirectory(@Nullable Path given) {
        this.given = given;
    }

    Path open() {
        try {
            if (given != null) {
                return Files.createDirectories(given).toRealPath();
            }
            Path root = Files.createTempDirectory("embedded-cloud").toRealPath();
            temporary = root;
            return Files.createDirectories(root.resolve("AzureConnectedMachineAgent/Tokens"));
        } catch (IOException failure) {
            throw new UncheckedIOException("a directory for key files cannot be made", failure);
        }
    }

    void delete() {
        Path root = temporary;
        if (root == null) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            tree.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException failure) {
            throw new UncheckedIOException("a temporary directory cannot be deleted", failure);
        }
    }
}
