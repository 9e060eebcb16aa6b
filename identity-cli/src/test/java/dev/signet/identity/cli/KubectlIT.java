// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.signet.identity.core.JsonObject;
import dev.signet.identity.testkit.CertificateAuthority;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.MutableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real kubectl asks a cluster that wants a token, with signet as its credential plug-in. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs the POSIX start script")
class KubectlIT {
    private static final String AKS = "6dae42f8-4368-4678-94ff-3960e28e3630";
    private static final int FIRST_WITH_VERSION_ONE = 22;

    @TempDir
    Path folder;

    private EmbeddedCloud cloud;
    private HttpsServer cluster;

    @BeforeEach
    void start() throws Exception {
        Program.require("kubectl");
        cloud = EmbeddedCloud.builder().clock(MutableClock.ticking()).start();
        CertificateAuthority authority = CertificateAuthority.create("Cluster test CA");
        authority.writePem(folder.resolve("ca.pem"));
        cluster = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        cluster.setHttpsConfigurator(new HttpsConfigurator(authority.serverSslContext("127.0.0.1")));
        cluster.createContext("/", this::answer);
        cluster.start();
    }

    @AfterEach
    void stop() {
        if (cluster != null) {
            cluster.stop(0);
            cloud.assertNoViolations();
            cloud.close();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            boolean known = header.startsWith("Bearer ")
                    && cloud.authority().accepts(header.substring("Bearer ".length()), AKS);
            byte[] body = (known ? "the cluster is well" : "who are you?").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static int minorVersion() throws IOException, InterruptedException {
        Program run = Program.run(Map.of(), "kubectl", "version", "--client", "--output", "json")
                .expect(0);
        String minor = JsonObject.parse(run.out.getBytes(StandardCharsets.UTF_8))
                .flatMap(json -> json.object("clientVersion"))
                .flatMap(version -> version.string("minor"))
                .orElseThrow();
        return Integer.parseInt(minor.replaceAll("\\D.*", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v1beta1"})
    void kubectl_withPlugIn_signsInWithAToken(String version) throws Exception {
        assumeTrue(
                version.equals("v1beta1") || minorVersion() >= FIRST_WITH_VERSION_ONE,
                "this kubectl is older than client.authentication.k8s.io/v1");
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters:
                - name: test
                  cluster: {server: 'https://127.0.0.1:%d', certificate-authority: '%s'}
                contexts:
                - name: test
                  context: {cluster: test, user: signet}
                current-context: test
                users:
                - name: signet
                  user:
                    exec:
                      apiVersion: client.authentication.k8s.io/%s
                      command: '%s'
                      args: [exec-credential]
                      interactiveMode: Never
                """.formatted(
                        cluster.getAddress().getPort(), folder.resolve("ca.pem"), version, Program.SIGNET));
        Map<String, String> variables = new HashMap<>(cloud.imds().environment());
        variables.put("HOME", folder.toString());

        Program run =
                Program.run(variables, "kubectl", "--kubeconfig", kubeconfig.toString(), "get", "--raw", "/readyz");

        assertEquals(0, run.exitCode, run.err);
        assertEquals("the cluster is well", run.out);
        assertEquals(AKS, cloud.imds().lastRequest().query("resource").orElseThrow());
    }
}
