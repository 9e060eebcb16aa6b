// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.core.JsonObject;
import dev.signet.identity.spi.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EmulatorCommandTest {
    @Test
    void emulator_running_servesTokensToAnotherCommand(@TempDir Path directory) throws Exception {
        PipedReader printed = new PipedReader(1 << 16);
        Thread server = start(new PrintWriter(new PipedWriter(printed)), directory);
        try (BufferedReader lines = new BufferedReader(printed)) {
            JsonObject started = readObject(lines);
            JsonObject pod = started.object("scenarios")
                    .orElseThrow()
                    .object("workload-identity")
                    .orElseThrow();
            Map<String, String> environment = new HashMap<>();
            for (String name : new String[] {
                "AZURE_AUTHORITY_HOST", "AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE"
            }) {
                environment.put(name, pod.string(name).orElseThrow());
            }
            environment.put(
                    "SIGNET_CA_FILE",
                    started.object("trust")
                            .orElseThrow()
                            .string("SIGNET_CA_FILE")
                            .orElseThrow());
            CommandRun run = CommandRun.of(environment, "token", "--scope", "https://vault.azure.net/.default");
            assertEquals(0, run.exitCode, run.err);
            assertTrue(run.out.contains("WorkloadIdentityCredential"), run.out);
        } finally {
            server.interrupt();
            server.join();
        }
    }

    @Test
    void emulator_impossiblePort_isAUsageError() {
        CommandRun run = CommandRun.of(Map.of(), "emulator", "--port", "65530");
        assertEquals(Signet.USAGE, run.exitCode);
        assertTrue(run.err.contains("--port must be from 0 to 65524, since 12 ports in a row are used"), run.err);
    }

    private static Thread start(PrintWriter out, Path directory) {
        Ambient ambient = new Ambient(
                Environment.empty(),
                new BufferedReader(new StringReader("")),
                out,
                new PrintWriter(new StringWriter()));
        Thread server = new Thread(() -> Signet.command(ambient)
                .execute("emulator", "--port", "0", "--output", "json", "--directory", directory.toString()));
        server.start();
        return server;
    }

    private static JsonObject readObject(BufferedReader lines) throws IOException {
        StringBuilder text = new StringBuilder();
        String line = "";
        while (line != null && !line.equals("}")) {
            line = lines.readLine();
            text.append(line).append('\n');
        }
        return JsonObject.parse(text.toString().getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }
}
