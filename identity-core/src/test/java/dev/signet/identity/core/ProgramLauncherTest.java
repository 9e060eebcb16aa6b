// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.spi.Environment;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class ProgramLauncherTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private static OptionalInt sh(String script, Duration patience) {
        return ProgramLauncher.start(
                Environment.of(Map.of("GREETING", "hello")), List.of("/bin/sh", "-c", script), patience);
    }

    @Test
    void start_programThatEnds_givesItsExitCode() {
        assertEquals(OptionalInt.of(0), sh("exit 0", LONG));
        assertEquals(OptionalInt.of(3), sh("exit 3", LONG));
    }

    @Test
    void start_program_hasTheVariablesAndNoOthers() throws Exception {
        Path file = directory.resolve("out");

        sh("echo \"$GREETING $HOME$USER\" > " + file, LONG);

        assertEquals("hello \n", Files.readString(file));
    }

    @Test
    void start_programThatWritesMuch_isNotHeldUp() {
        assertEquals(OptionalInt.of(0), sh("i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done", LONG));
    }

    @Test
    void start_programThatReads_getsNothing() {
        assertEquals(OptionalInt.of(1), sh("read line", LONG));
    }

    @Test
    void start_programThatLivesOn_isLeftAlone() throws Exception {
        Path gate = directory.resolve("gate");
        Path done = directory.resolve("done");
        ProcessBuilder pipes = new ProcessBuilder("/usr/bin/mkfifo", gate.toString(), done.toString());
        assertEquals(0, pipes.start().waitFor());

        OptionalInt exit = sh("read line < " + gate + "; echo $line > " + done, Duration.ofMillis(1));

        assertEquals(OptionalInt.empty(), exit);
        Files.writeString(gate, "alive\n");
        assertEquals("alive\n", Files.readString(done));
    }

    @Test
    void start_noSuchProgram_fails() {
        assertThrows(
                UncheckedIOException.class,
                () -> ProgramLauncher.start(Environment.empty(), List.of("/nowhere/browser"), LONG));
    }

    @Test
    void start_interrupted_isCancelled() throws Exception {
        Path gate = directory.resolve("gate");
        assertEquals(
                0,
                new ProcessBuilder("/usr/bin/mkfifo", gate.toString()).start().waitFor());
        Thread.currentThread().interrupt();

        assertThrows(CancellationException.class, () -> sh("read line < " + gate, LONG));

        assertTrue(Thread.interrupted());
        Files.writeString(gate, "end\n");
    }
}
