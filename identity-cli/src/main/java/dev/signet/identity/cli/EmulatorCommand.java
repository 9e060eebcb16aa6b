// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.Emulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the embedded cloud until it is interrupted. */
@Command(
        name = "emulator",
        mixinStandardHelpOptions = true,
        description = "Runs the embedded cloud as a server, for tests in any language, and prints the variables that"
                + " put a program into each kind of host. Ends with Ctrl-C.")
final class EmulatorCommand implements Callable<Integer> {
    private static final int LAST_FIRST_PORT = 65_536 - EmbeddedCloud.PORTS;

    private final Ambient ambient;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8400",
            description = "The first of " + EmbeddedCloud.PORTS + " ports in a row; 0 for free ones. Default: 8400")
    private int port;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where certificates, key files and the federated token go. Default: a new temporary one")
    private @Nullable Path directory;

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.", defaultValue = "text")
    private OutputFormat output = OutputFormat.TEXT;

    EmulatorCommand(Ambient ambient) {
        this.ambient = ambient;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (port < 0 || port > LAST_FIRST_PORT) {
            throw new IllegalArgumentException("--port must be from 0 to " + LAST_FIRST_PORT + ", since "
                    + EmbeddedCloud.PORTS + " ports in a row are used");
        }
        Path files = directory == null ? TemporaryFolder.create("signet-emulator") : directory;
        try (Emulator emulator = Emulator.start(port, files)) {
            PrintWriter out = ambient.out();
            if (output == OutputFormat.JSON) {
                out.println(JsonText.object(json -> json(json, emulator)));
            } else {
                text(out, emulator);
            }
            out.flush();
            new CountDownLatch(1).await();
            return 0;
        }
    }

    private static void text(PrintWriter out, Emulator emulator) {
        out.println("The embedded cloud is up; its files are in " + emulator.directory() + ". Stop it with Ctrl-C.");
        out.println("Trust its authority where AZURE_AUTHORITY_HOST is set:");
        variables(out, trust(emulator));
        for (Map.Entry<String, Map<String, String>> scenario :
                emulator.scenarios().entrySet()) {
            out.println();
            out.println("# " + scenario.getKey());
            variables(out, scenario.getValue());
        }
    }

    /** What makes other programs trust the authority, and this one. */
    private static Map<String, String> trust(Emulator emulator) {
        Map<String, String> variables = new LinkedHashMap<>(emulator.trust());
        variables.put("SIGNET_CA_FILE", emulator.directory().resolve("ca.pem").toString());
        return variables;
    }

    private static void variables(PrintWriter out, Map<String, String> variables) {
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            out.println(
                    "export " + variable.getKey() + "='" + variable.getValue().replace("'", "'\\''") + "'");
        }
    }

    private static void json(JsonGenerator json, Emulator emulator) throws IOException {
        json.writeStringField("directory", emulator.directory().toString());
        object(json, "trust", trust(emulator));
        json.writeObjectFieldStart("scenarios");
        for (Map.Entry<String, Map<String, String>> scenario :
                emulator.scenarios().entrySet()) {
            object(json, scenario.getKey(), scenario.getValue());
        }
        json.writeEndObject();
    }

    private static void object(JsonGenerator json, String name, Map<String, String> members) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> member : members.entrySet()) {
            json.writeStringField(member.getKey(), member.getValue());
        }
        json.writeEndObject();
    }
}
