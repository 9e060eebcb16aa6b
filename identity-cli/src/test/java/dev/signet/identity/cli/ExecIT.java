// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.MutableClock;
import java.io.BufferedReader;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code signet exec} with real programs, through the start script of the distribution. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs the POSIX start script")
class ExecIT {
    private static final String SCOPE = "https://vault.azure.net/.default";

    private EmbeddedCloud cloud;

    @BeforeEach
    void startCloud() {
        cloud = EmbeddedCloud.builder().clock(MutableClock.ticking()).start();
    }

    @AfterEach
    void stopCloud() {
        cloud.assertNoViolations();
        cloud.close();
    }

    @Test
    void exec_program_findsTheTokenAndKeepsStreamsAndCode() throws Exception {
        Map<String, String> variables = new HashMap<>(cloud.imds().environment());
        variables.put("OTHER", "kept");
        Program run = Program.signet(
                variables,
                "exec",
                "--scope",
                SCOPE,
                "--variable",
                "VAULT_TOKEN",
                "--",
                "/bin/sh",
                "-c",
                "printf %s \"$VAULT_TOKEN\"; echo \"$OTHER $1\" >&2; exit 7",
                "sh",
                "--help");
        assertEquals(7, run.exitCode, run.err);
        assertTrue(cloud.authority().accepts(run.out, "https://vault.azure.net"), "standard output is the token");
        assertEquals("kept --help\n", run.err);
    }

    @Test
    void exec_withoutDashes_takesTheProgramsOptionsForTheProgram() throws Exception {
        Program run = Program.signet(cloud.imds().environment(), "exec", "sh", "-c", "test -n \"$ACCESS_TOKEN\"");
        run.expect(0);
    }

    @Test
    void exec_noToken_startsNothing() throws Exception {
        Program run = Program.signet(
                Map.of("AZURE_TOKEN_CREDENTIALS", "WorkloadIdentityCredential"), "exec", "--", "echo", "started");
        run.expect(Signet.UNAVAILABLE);
        assertFalse(run.out.contains("started"), run.out);
    }

    @Test
    void exec_toldToStop_takesTheProgramAlong() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(Program.SIGNET.toString(), "exec", "--", "/bin/sh", "-c", "echo $$; exec cat");
        builder.environment().putAll(cloud.imds().environment());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        BufferedReader lines = process.inputReader();
        ProcessHandle program =
                ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
        try {
            process.toHandle().destroy();
            assertEquals(128 + 15, process.waitFor());
            assertFalse(program.isAlive());
        } finally {
            program.destroyForcibly();
            process.destroyForcibly();
        }
    }
}
