// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Runs the start script of the distribution, with all jars on the module path. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs the POSIX start script")
class DistributionIT {
    private static final Path SCRIPT = Path.of("target", "signet", "bin", "signet");

    @Test
    void script_demo_getsTokens() throws Exception {
        String printed = run(0, "demo");
        assertTrue(printed.contains("Token from ManagedIdentityCredential"), printed);
        assertTrue(printed.contains("Token from WorkloadIdentityCredential"), printed);
    }

    @Test
    void script_providers_findsThemOnTheModulePath() throws Exception {
        String printed = run(0, "providers");
        assertTrue(
                printed.contains("ManagedIdentityCredential     deployed    300   yes      dev.signet.identity"
                        + ".managedidentity"),
                printed);
        assertTrue(
                printed.contains("AzureCliCredential            developer   600   yes      dev.signet.identity"
                        + ".developertools"),
                printed);
    }

    @Test
    void script_wrongUsage_exitsWithTwo() throws Exception {
        String printed = run(2, "token", "--bogus");
        assertTrue(printed.contains("Unknown option"), printed);
    }

    private static String run(int expected, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(SCRIPT.toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("AZURE_TOKEN_CREDENTIALS");
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(expected, process.waitFor(), printed);
        return printed;
    }
}
