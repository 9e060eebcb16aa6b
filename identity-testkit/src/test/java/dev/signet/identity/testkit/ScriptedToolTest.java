// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs shell scripts")
class ScriptedToolTest {
    private static final Instant EXPIRY = Instant.parse("2030-01-02T03:04:05.678Z");

    @TempDir
    Path directory;

    private ScriptedTool tool;

    @BeforeEach
    void install() {
        tool = ScriptedTool.install(directory, "az");
    }

    @AfterEach
    void endAll() {
        tool.close();
        assertTrue(becomesEmpty(), "left: " + tool.processes());
    }

    @Test
    void run_withoutReply_writesNothing() throws Exception {
        Run run = run();

        assertEquals(0, run.exitCode);
        assertEquals("", run.output + run.errors);
    }

    @Test
    void run_anyCall_isRecorded() throws Exception {
        Run unused = run("account", "a b", "", "$(id)", "ü");

        ToolRun recorded = tool.lastRun();
        assertEquals(List.of("account", "a b", "", "$(id)", "ü"), recorded.arguments());
        assertEquals(directory.toRealPath(), recorded.directory().toRealPath());
        assertEquals("here", recorded.variables().get("SCRIPTED"));
        assertEquals(directory.toString(), recorded.variables().get("PATH"));
        assertEquals("", recorded.input());
        assertEquals(0, recorded.others());
        assertEquals(directory.toString(), tool.environment().get("PATH"));
    }

    @Test
    void runs_none_areEmpty() {
        assertEquals(List.of(), tool.runs());
        assertThrows(NoSuchElementException.class, tool::lastRun);
    }

    @Test
    void replies_enqueued_comeFirst() throws Exception {
        tool.always(ToolReply.output("standing"));
        tool.enqueue(ToolReply.output("first"), ToolReply.failure("second").exitCode(7));

        assertEquals("first", run().output);
        Run second = run();
        assertEquals("second", second.errors);
        assertEquals(7, second.exitCode);
        assertEquals("standing", run().output);
        tool.always(ToolReply.output("other"));
        assertEquals("other", run().output);
        assertEquals(4, tool.runs().size());
    }

    @Test
    void reply_bytes_areWrittenAsTheyAre() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        tool.enqueue(ToolReply.output(all), ToolReply.output(all).inSingleBytes(Duration.ofMillis(1)));

        assertArrayEquals(all, run().bytes);
        assertArrayEquals(all, run().bytes);
    }

    @Test
    void reply_delayed_takesItsTime() throws Exception {
        tool.always(ToolReply.output("x").delay(Duration.ofMillis(300)));
        long start = System.nanoTime();

        assertEquals("x", run().output);
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(300).toNanos());
    }

    @Test
    void reply_floods_comeBeforeTheOutput() throws Exception {
        tool.enqueue(ToolReply.output("x").errorFlood(100_000));
        Run run = run();
        assertEquals(100_000, run.errors.length());
        assertEquals("x", run.output);
    }

    @Test
    void reply_endlessOutput_doesNotEnd() throws Exception {
        tool.enqueue(ToolReply.output("x").endlessOutput());
        Process process = start();
        assertEquals("A".repeat(1000), new String(process.getInputStream().readNBytes(1000), StandardCharsets.UTF_8));
        process.getInputStream().close();
    }

    @Test
    void reply_commands_seeTheArguments() throws Exception {
        tool.always(ToolReply.output("not reached").before("echo \"$2\"; exit 5"));
        Run run = run("a", "b");
        assertEquals("b\n", run.output);
        assertEquals(5, run.exitCode);
    }

    @Test
    void reply_stubborn_survivesTermination() throws Exception {
        tool.always(ToolReply.hang().ignoresTermination());
        Process process = start();
        awaitProcesses(2);
        tool.processes().forEach(ProcessHandle::destroy);

        assertFalse(process.waitFor(300, TimeUnit.MILLISECONDS));
    }

    @Test
    void reply_child_outlivesTheRun() throws Exception {
        tool.always(ToolReply.output("").withStubbornChild(Duration.ofMinutes(1)));
        assertEquals(0, start().waitFor());

        assertEquals(1, tool.processes().size());
    }

    @Test
    void runs_atTheSameTime_knowOfEachOther() throws Exception {
        tool.always(ToolReply.output("").delay(Duration.ofMillis(500)));
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(start());
        }
        for (Process process : processes) {
            assertEquals(0, process.waitFor());
        }

        assertEquals(3, tool.runs().size());
        assertEquals(2, tool.runs().stream().mapToInt(ToolRun::others).max().orElseThrow());
    }

    @Test
    void reply_azToken_isTheJsonOfTheCli() throws Exception {
        tool.always(ToolReply.azToken("T", EXPIRY));
        assertEquals(
                "{\"accessToken\":\"T\",\"expires_on\":1893553445,\"expiresOn\":\"2030-01-02 03:04:05.678000\","
                        + "\"tenant\":\"" + EmbeddedAuthority.DEFAULT_TENANT + "\",\"tokenType\":\"Bearer\"}\n",
                run().output);
    }

    @Test
    void reply_azdToken_isTheJsonOfAzd() throws Exception {
        tool.always(ToolReply.azdToken("T", EXPIRY));
        assertEquals("{\"token\":\"T\",\"expiresOn\":\"2030-01-02T03:04:05Z\"}\n", run().output);
    }

    @Test
    void reply_powerShellToken_isBetweenTheMarkersOfTheScript() throws Exception {
        tool.always(ToolReply.powerShellToken("T", EXPIRY));
        String script = "$m = 'signet-0123abcd'\n'other'";
        String encoded = Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_16LE));
        assertEquals(
                "signet-0123abcd{\"Token\":\"T\",\"ExpiresOn\":1893553445}signet-0123abcd\n",
                run("-EncodedCommand", encoded).output);
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        return new Run(process);
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(tool.file().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().put("SCRIPTED", "here");
        builder.environment().putAll(tool.environment());
        return builder.start();
    }

    private void awaitProcesses(int count) {
        while (tool.processes().size() < count) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private boolean becomesEmpty() {
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!tool.processes().isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        return tool.processes().isEmpty();
    }

    /** A run that has ended. */
    private static final class Run {
        private final byte[] bytes;
        private final String output;
        private final String errors;
        private final int exitCode;

        Run(Process process) throws IOException, InterruptedException {
            errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            bytes = process.getInputStream().readAllBytes();
            output = new String(bytes, StandardCharsets.UTF_8);
            exitCode = process.waitFor();
        }
    }
}
