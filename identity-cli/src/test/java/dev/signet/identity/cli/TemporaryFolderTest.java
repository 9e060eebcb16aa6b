// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {
    @Test
    void delete_folderWithFiles_takesAll() throws IOException {
        Path folder = TemporaryFolder.create("signet-test");
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.writeString(inner.resolve("key"), "x");
        assertTrue(Files.isDirectory(folder));

        TemporaryFolder.delete(folder);
        TemporaryFolder.delete(folder);

        assertFalse(Files.exists(folder));
    }
}
