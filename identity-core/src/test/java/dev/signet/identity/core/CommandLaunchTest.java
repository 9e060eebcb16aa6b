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
class CommandLaunchTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private static CommandRunner runner() {
        return CommandRunner.of(StandardContext.builder()
                .environment(Environment.of(Map.of("GREETING", "hello")))
                .build());
    }

    private static OptionalInt sh(String script, Duration patience) {
        return runner().launch("/bin/sh", List.of("-c", script), patience);
    }

    @Test
    void launch_programThatEnds_givesItsExitCode() {
        assertEquals(OptionalInt.of(0), sh("exit 0", LONG));
        assertEquals(OptionalInt.of(3), sh("exit 3", LONG));
    }

    @Test
    void launch_program_hasTheVariablesAndNoOthers() throws Exception {
        Path file = directory.resolve("out");

        sh("echo \"$GREETING $HOME$USER\" > " + file, LONG);

        assertEquals("hello \n", Files.readString(file));
    }

    @Test
    void launch_programThatWritesMuch_isNotHeldUp() {
        assertEquals(OptionalInt.of(0), sh("i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done", LONG));
    }

    @Test
    void launch_programThatReads_getsNothing() {
        assertEquals(OptionalInt.of(1), sh("read line", LONG));
    }

    @Test
    void launch_programThatLivesOn_isLeftAlone() throws Exception {
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
    void launch_noSuchProgram_fails() {
        CommandRunner runner = runner();
        assertThrows(UncheckedIOException.class, () -> runner.launch("/nowhere/browser", List.of(), LONG));
    }

    @Test
    void launch_programOfAPathToBeSearched_isRefused() {
        CommandRunner runner = runner();
        assertThrows(IllegalArgumentException.class, () -> runner.launch("sh", List.of(), LONG));
    }

    @Test
    void launch_interrupted_isCancelled() throws Exception {
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
