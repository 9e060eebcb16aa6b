// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.spi.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutableSearchTest {
    private static final List<String> NONE = List.of();

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {"/a:/b/|/a/az /b/az", ":/a::/b:|/a/az /b/az", ".:./bin:bin:../x:/a|/a/az", "/a b|/a b/az", "''|''"
            })
    void candidates_posix_areInAbsoluteDirectoriesOnly(String path, String expected) {
        assertEquals(expected, String.join(" ", ExecutableSearch.candidates(posix(path), List.of("az"), NONE)));
    }

    @Test
    void candidates_windows_areAllNamesPerDirectory() {
        Environment environment =
                windows("Path", "C:\\Tools;\"D:\\My Tools\\\"; ;.;Tools;C:x;\\x;\\\\host\\share;E:/x/");
        assertEquals(
                List.of(
                        "C:\\Tools\\az.cmd",
                        "C:\\Tools\\az.exe",
                        "D:\\My Tools\\az.cmd",
                        "D:\\My Tools\\az.exe",
                        "\\\\host\\share\\az.cmd",
                        "\\\\host\\share\\az.exe",
                        "E:/x/az.cmd",
                        "E:/x/az.exe"),
                ExecutableSearch.candidates(environment, List.of("az.cmd", "az.exe"), NONE));
    }

    @Test
    void candidates_variableName_ignoresCaseOnWindowsOnly() {
        assertEquals(
                List.of("C:\\x\\az.cmd"),
                ExecutableSearch.candidates(windows("PATH", "C:\\x"), List.of("az.cmd"), NONE));
        assertEquals(
                List.of(),
                ExecutableSearch.candidates(
                        Environment.of(Map.of("Path", "/x"), Map.of("os.name", "Linux")), List.of("az"), NONE));
    }

    @Test
    void candidates_wellKnownDirectories_areBehindPath() {
        assertEquals(
                List.of("/a/az", "/usr/bin/az", "/opt/homebrew/bin/az"),
                ExecutableSearch.candidates(
                        Environment.of(Map.of("PATH", "/a"), Map.of("os.name", "Mac OS X")),
                        List.of("az"),
                        List.of("/usr/bin", "/opt/homebrew/bin", "relative")));
    }

    @Test
    void candidates_systemNotNamed_haveNoWellKnownDirectories() {
        assertEquals(
                List.of("/a/az"),
                ExecutableSearch.candidates(Environment.of(Map.of("PATH", "/a")), List.of("az"), List.of("/usr/bin")));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void find_filesThatCannotBeRun_arePassedOver() throws IOException {
        Path directoryOfThatName =
                Files.createDirectories(directory.resolve("1/az")).getParent();
        Path notExecutable = file("2/az", false).getParent();
        Path good = file("3/az", true);
        Path link = Files.createDirectories(directory.resolve("4"));
        Files.createSymbolicLink(link.resolve("az"), good);
        String path = directoryOfThatName + ":" + directory.resolve("absent") + ":" + notExecutable;

        assertEquals(Optional.empty(), ExecutableSearch.find(posix(path), List.of("az"), NONE));
        assertEquals(
                Optional.of(link + "/az"),
                ExecutableSearch.find(posix(path + ":" + link + ":" + good.getParent()), List.of("az"), NONE));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void find_brokenPath_findsNothing() {
        assertEquals(Optional.empty(), ExecutableSearch.find(posix("/a\0b"), List.of("az"), NONE));
    }

    private Path file(String name, boolean executable) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n");
        assertTrue(!executable || file.toFile().setExecutable(true));
        return file;
    }

    private static Environment posix(String path) {
        return Environment.of(Map.of("PATH", path), Map.of("os.name", "Linux"));
    }

    private static Environment windows(String name, String path) {
        return Environment.of(Map.of(name, path), Map.of("os.name", "Windows 11"));
    }
}
