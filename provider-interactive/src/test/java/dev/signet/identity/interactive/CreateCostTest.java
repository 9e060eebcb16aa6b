// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A chain makes credentials that it may never use. */
class CreateCostTest {
    @Test
    void create_loadsNeitherMsalNorJacksonNorAListener() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-Xlog:class+load",
                        "-cp",
                        classPath(),
                        CreateOnly.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, program.waitFor(), output);

        List<String> lines = output.lines().toList();
        assertTrue(lines.contains("DeviceCodeCredential"), output);
        assertTrue(output.contains("dev.signet.identity.msal.UserClient "), output);
        assertEquals(
                List.of(),
                lines.stream()
                        .filter(line -> Stream.of(
                                        " com.microsoft.aad.",
                                        " com.fasterxml.",
                                        " com.azure.",
                                        " com.sun.net.httpserver.")
                                .anyMatch(line::contains))
                        .toList());
    }

    /** Of this JVM, whichever path it was started from. */
    private static String classPath() throws Exception {
        Path tests = Path.of(CreateOnly.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return Stream.of(
                        tests.resolveSibling("classes").toString(),
                        tests.resolveSibling("test-classes").toString(),
                        System.getProperty("jdk.module.path"),
                        System.getProperty("java.class.path"))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
