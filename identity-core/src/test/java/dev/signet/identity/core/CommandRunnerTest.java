// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.core.CommandResult.Ending;
import dev.signet.identity.spi.Environment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes: shell scripts that behave and misbehave. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs shell scripts")
class CommandRunnerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    /** Stands in every command line, so that what is left can be told from other processes. */
    private final String marker = "m" + UUID.randomUUID();

    private final CommandRunner runner = runner(Map.of("PATH", "/usr/bin:/bin", "INHERITED", "yes"));

    @AfterEach
    void nothingIsLeft() {
        assertTrue(endsWithin(Duration.ofSeconds(5)), () -> "left: " + alive());
    }

    @Test
    void run_success_givesOutputErrorsAndExitCode() {
        CommandResult result = run(LONG, "printf 'out\\n'; printf 'err' >&2; exit 3");

        assertEquals(Ending.EXITED, result.ending());
        assertEquals(3, result.exitCode());
        assertEquals("out\n", result.output());
        assertEquals("err", result.errors());
        assertEquals("CommandResult[EXITED, exit code 3]", result.toString());
    }

    @Test
    void run_arguments_areNotParsed() {
        CommandResult result =
                runner.run("/usr/bin/printf", List.of("%s|", "a b", "$(id)", "`id`", "*", "'\"", ""), Map.of(), LONG);

        assertEquals("a b|$(id)|`id`|*|'\"||", result.output());
    }

    @Test
    void run_surroundings_areSafeAndInherited() throws IOException {
        CommandResult result = runner.run(
                "/bin/sh",
                List.of("-c", "pwd; echo $INHERITED $ADDED $JAVA_HOME; read x || echo no input"),
                Map.of("ADDED", "too"),
                LONG);

        assertEquals(
                List.of(Path.of("/bin").toRealPath().toString(), "yes too", "no input"),
                result.output().lines().toList());
    }

    @Test
    void run_programNotAbsolute_isRefused() {
        for (String program : List.of("az", "./az", "", "C:\\az.cmd")) {
            assertThrows(IllegalArgumentException.class, () -> runner.run(program, List.of(), Map.of(), LONG));
        }
    }

    @Test
    void run_programThatCannotBeStarted_saysWhy(@TempDir Path directory) throws IOException {
        Path orphan = Files.writeString(directory.resolve("orphan"), "#!/no/such/interpreter\n");
        assertTrue(orphan.toFile().setExecutable(true));
        for (String program : List.of(directory + "/absent", directory.toString(), orphan.toString())) {
            CommandResult result = runner.run(program, List.of(), Map.of(), LONG);

            assertEquals(Ending.NOT_STARTED, result.ending());
            assertEquals(-1, result.exitCode());
            assertEquals("", result.output());
            assertTrue(result.cause().orElseThrow().getMessage().contains("error"));
        }
    }

    @Test
    void run_patienceForEver_isNoProblem() {
        CommandResult result = run(Duration.ofSeconds(Long.MAX_VALUE), "echo x");
        assertEquals("x\n", result.output());
    }

    @Test
    void run_nulInArgument_isNotStarted() {
        assertEquals(
                Ending.NOT_STARTED,
                runner.run("/bin/echo", List.of("a\0b"), Map.of(), LONG).ending());
    }

    @Test
    void run_floodOnBothOutputs_keepsTheFirstErrorsAndAllOutput() {
        CommandResult result = run(LONG, "head -c 20000000 /dev/zero >&2; head -c 1000000 /dev/zero | tr '\\0' x");

        assertEquals(Ending.EXITED, result.ending());
        assertEquals(1_000_000, result.output().length());
        assertTrue(
                result.errors().length() <= 65 * 1024,
                "errors: " + result.errors().length());
    }

    @Test
    void run_endlessOutput_isKilledAtTheLimit() {
        CommandResult result = run(LONG, "cat /dev/zero | tr '\\0' x");

        assertEquals(Ending.TOO_MUCH_OUTPUT, result.ending());
        assertTrue(result.duration().compareTo(Duration.ofSeconds(10)) < 0, result.duration()::toString);
    }

    @Test
    void run_endlessErrors_areCutOffByTheDeadline() {
        assertEquals(
                Ending.TIMED_OUT, run(SHORT, "cat /dev/zero | tr '\\0' x >&2").ending());
    }

    @Test
    void run_outputInSingleBytes_isComplete() {
        assertEquals(
                "abc",
                run(LONG, "for c in a b c; do printf $c; sleep 0.05; done").output());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep 60",
                "trap '' TERM; sleep 60; sleep 60",
                "trap '' TERM; while :; do :; done",
                "(trap '' TERM; sleep 60; sleep 60; sleep 60) & sleep 60",
                "(sh -c \"trap '' TERM; sleep 60; sleep 60\" $0) & wait",
                "printf '{}'; sleep 60"
            })
    void run_tooLong_isKilledWithAllDescendants(String script) {
        CommandResult result = run(SHORT, script);

        assertEquals(Ending.TIMED_OUT, result.ending());
        assertTrue(result.duration().compareTo(SHORT) >= 0, result.duration()::toString);
        assertTrue(result.duration().compareTo(SHORT.plusSeconds(1)) < 0, result.duration()::toString);
        assertEquals(List.of(), alive());
    }

    @Test
    void run_grandchildKeepsThePipes_isNotWaitedFor() {
        CommandResult result = run(LONG, "sleep 5 & printf done");

        assertEquals(Ending.EXITED, result.ending());
        assertEquals("done", result.output());
        assertTrue(result.duration().compareTo(Duration.ofSeconds(3)) < 0, result.duration()::toString);
        killAll();
    }

    @Test
    void run_interrupted_isKilledAndKeepsTheFlag() throws Exception {
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        CompletableFuture<CommandResult> result = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            result.complete(run(LONG, "trap '' TERM; sleep 60; sleep 60"));
            flag.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        awaitAlive();
        caller.interrupt();

        assertEquals(Ending.INTERRUPTED, result.get(10, TimeUnit.SECONDS).ending());
        assertTrue(flag.get(10, TimeUnit.SECONDS));
        assertEquals(List.of(), alive());
    }

    @Test
    void run_interruptedBefore_startsNothing(@TempDir Path directory) {
        Thread.currentThread().interrupt();
        CommandResult result = run(LONG, "touch " + directory + "/ran");

        assertTrue(Thread.interrupted());
        assertEquals(Ending.INTERRUPTED, result.ending());
        assertFalse(Files.exists(directory.resolve("ran")));
    }

    @Test
    void run_severalCallers_takeTurnsWithinTheirTime(@TempDir Path directory) throws Exception {
        String alone = "mkdir " + directory + "/busy && sleep 0.05 && rmdir " + directory + "/busy";
        List<CompletableFuture<CommandResult>> results = new ArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            CompletableFuture<CommandResult> result = new CompletableFuture<>();
            results.add(result);
            new Thread(() -> {
                        try {
                            go.await();
                            result.complete(run(LONG, alone));
                        } catch (Throwable failure) {
                            result.completeExceptionally(failure);
                        }
                    })
                    .start();
        }
        go.countDown();
        for (CompletableFuture<CommandResult> result : results) {
            assertEquals(0, result.get(20, TimeUnit.SECONDS).exitCode());
        }
    }

    @Test
    void run_othersTakeTooLong_timesOutWithoutStarting(@TempDir Path directory) throws Exception {
        CompletableFuture<CommandResult> first = new CompletableFuture<>();
        new Thread(() -> first.complete(run(Duration.ofSeconds(2), "sleep 60"))).start();
        awaitAlive();
        CommandResult second = run(SHORT, "touch " + directory + "/ran");

        assertEquals(Ending.TIMED_OUT, second.ending());
        assertFalse(Files.exists(directory.resolve("ran")));
        assertEquals(Ending.TIMED_OUT, first.get(10, TimeUnit.SECONDS).ending());
    }

    @Test
    void run_output_isDecodedAndErrorsAreScrubbed() {
        CommandResult result = run(
                LONG,
                "printf '\\357\\273\\277\\033[31mred\\033[0m\\r\\n\\351'; printf '{\"token\": \"s3cret\"}\\033]0;x\\007' >&2");

        assertEquals("red\n\ufffd", result.output());
        assertEquals("{\"token\": \"***\"}", result.errors());
    }

    @Test
    void run_windowsWithoutSystemRoot_isNotStarted() {
        CommandRunner windows = runner(Environment.of(Map.of("PATH", "C:\\x"), Map.of("os.name", "Windows 11")));

        CommandResult result = windows.run("C:\\x\\az.cmd", List.of(), Map.of(), LONG);

        assertEquals(Ending.NOT_STARTED, result.ending());
        assertEquals("SystemRoot is not set", result.cause().orElseThrow().getMessage());
    }

    @Test
    void run_windowsWithoutSystem32_isNotStarted(@TempDir Path directory) {
        CommandRunner windows =
                runner(Environment.of(Map.of("SYSTEMROOT", directory.toString()), Map.of("os.name", "Windows 11")));

        CommandResult result = windows.run("C:\\x\\az.exe", List.of(), Map.of(), LONG);

        assertEquals(
                "SystemRoot has no directory System32",
                result.cause().orElseThrow().getMessage());
    }

    /** No Windows here: that the system looks for cmd.exe by its absolute name, there, is seen in its refusal. */
    @Test
    void run_windowsBatchFile_startsCmdByItsAbsoluteName(@TempDir Path directory) {
        File system32 = new File(directory + "\\System32");
        assertTrue(system32.mkdir());
        CommandRunner windows =
                runner(Environment.of(Map.of("SystemRoot", directory.toString()), Map.of("os.name", "Windows 11")));

        CommandResult result = windows.run("C:\\x\\az.cmd", List.of("account"), Map.of(), LONG);

        assertTrue(system32.delete());
        assertEquals(Ending.NOT_STARTED, result.ending());
        String message = result.cause().orElseThrow().getMessage();
        assertTrue(
                message.startsWith(
                        "Cannot run program \"" + system32 + "\\cmd.exe\" (in directory \"" + system32 + "\")"),
                message);
    }

    private CommandResult run(Duration timeout, String script) {
        return runner.run("/bin/sh", List.of("-c", script, marker), Map.of(), timeout);
    }

    private static CommandRunner runner(Map<String, String> variables) {
        return runner(Environment.of(variables));
    }

    private static CommandRunner runner(Environment environment) {
        return CommandRunner.of(
                new TestContexts().builder().environment(environment).build());
    }

    /** Shells with the marker, and what they started. */
    private List<ProcessHandle> alive() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().commandLine().orElse("").contains(marker)
                        || process.info().command().orElse("").endsWith("/sleep"))
                .toList();
    }

    private void awaitAlive() {
        while (alive().isEmpty()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private boolean endsWithin(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!alive().isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        return alive().isEmpty();
    }

    private static void killAll() {
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").endsWith("sleep 5"))
                .forEach(ProcessHandle::destroyForcibly);
    }
}
