// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.azurecore;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.signet.identity.testkit.CertificateAuthority;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Azurite blob service that speaks HTTPS and takes bearer tokens, as a child process on a free port. */
final class AzuriteServer implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("successfully listens on (\\S+)");
    private static final String PASSWORD = "changeit";

    private final Process process;
    private final URI endpoint;

    private AzuriteServer(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Starts it with a certificate of the authority; skips the test where it is not installed, but not in CI. */
    static AzuriteServer start(CertificateAuthority authority, Path folder) throws IOException {
        Path program = projectRoot().resolve(".ci/peers/azurite/node_modules/azurite/dist/src/blob/main.js");
        boolean installed = Files.exists(program);
        String remedy = "Azurite is not installed: run .ci/peers/install";
        assertTrue(installed || !"true".equals(System.getenv("CI")), remedy);
        assumeTrue(installed, remedy);
        Path store = authority.writeServerKeyStore(folder.resolve("azurite.pfx"), PASSWORD, "127.0.0.1");
        Process process = new ProcessBuilder(
                        "node",
                        program.toString(),
                        "--blobHost",
                        "127.0.0.1",
                        "--blobPort",
                        "0",
                        "--oauth",
                        "basic",
                        "--cert",
                        store.toString(),
                        "--pwd",
                        PASSWORD,
                        "--inMemoryPersistence",
                        "--disableTelemetry",
                        "--skipApiVersionCheck",
                        "--silent")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        return new AzuriteServer(process, endpoint(process));
    }

    private static URI endpoint(Process process) throws IOException {
        StringBuilder printed = new StringBuilder();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            printed.append(line).append('\n');
            Matcher matcher = LISTENS.matcher(line);
            if (matcher.find()) {
                return URI.create(matcher.group(1) + "/devstoreaccount1");
            }
        }
        throw new AssertionError("Azurite did not start:\n" + printed);
    }

    private static Path projectRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
