// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.MutableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real git clones from a server that wants a token, with signet as its credential helper. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs the POSIX start script")
class GitIT {
    private static final String AZURE_REPOS = "499b84ac-1321-427f-aa17-267ca6975798";

    @TempDir
    Path folder;

    private EmbeddedCloud cloud;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        Program.require("git");
        cloud = EmbeddedCloud.builder().clock(MutableClock.ticking()).start();
        git("init", "--quiet", "work");
        Files.writeString(folder.resolve("work").resolve("README"), "Cloned.\n");
        git("-C", "work", "add", "README");
        git(
                "-C",
                "work",
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@localhost",
                "commit",
                "--quiet",
                "-m",
                "First");
        git("clone", "--quiet", "--bare", "work", "shop.git");
        git("-C", "shop.git", "update-server-info");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
            cloud.assertNoViolations();
            cloud.close();
        }
    }

    private Program git(String... arguments) throws IOException, InterruptedException {
        return run(arguments).expect(0);
    }

    private Program run(String... arguments) throws IOException, InterruptedException {
        Map<String, String> variables = new HashMap<>(cloud.imds().environment());
        variables.put("HOME", folder.toString());
        variables.put("GIT_CONFIG_NOSYSTEM", "1");
        variables.put("GIT_TERMINAL_PROMPT", "0");
        String[] command = new String[arguments.length + 3];
        command[0] = "git";
        command[1] = "-C";
        command[2] = folder.toString();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        return Program.run(variables, command);
    }

    /** The files of the repository (git's dumb protocol), for those who bring a token for Azure Repos as password. */
    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
            if (!signedIn(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"shop\"");
                exchange.sendResponseHeaders(401, -1);
            } else if (Files.isRegularFile(file)) {
                byte[] content = Files.readAllBytes(file);
                exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
                exchange.getResponseBody().write(content);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private boolean signedIn(String header) {
        if (header == null || !header.startsWith("Basic ")) {
            return false;
        }
        byte[] pair = Base64.getDecoder().decode(header.substring("Basic ".length()));
        String[] userAndPassword = new String(pair, StandardCharsets.UTF_8).split(":", 2);
        return userAndPassword[0].equals("signet") && cloud.authority().accepts(userAndPassword[1], AZURE_REPOS);
    }

    private String remote() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void clone_hostIsAllowed_signsInWithAToken() throws Exception {
        String helper = "!'" + Program.SIGNET + "' git-credential --host " + remote();
        git("-c", "credential.helper=" + helper, "clone", "--quiet", "http://" + remote() + "/shop.git", "copy");
        assertEquals("Cloned.\n", Files.readString(folder.resolve("copy").resolve("README")));
        assertEquals(AZURE_REPOS, cloud.imds().lastRequest().query("resource").orElseThrow());
    }

    @Test
    void clone_hostIsNotAllowed_getsNothing() throws Exception {
        Program run = run(
                "-c",
                "credential.helper=!'" + Program.SIGNET + "' git-credential",
                "clone",
                "--quiet",
                "http://" + remote() + "/shop.git",
                "copy");
        assertNotEquals(0, run.exitCode);
        assertTrue(run.err.contains("could not read Username"), run.err);
        assertEquals(0, cloud.requests().size());
    }
}
