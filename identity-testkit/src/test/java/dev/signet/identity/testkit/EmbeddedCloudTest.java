// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCloudTest {
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("embedded-cloud-"))
                .collect(Collectors.toSet());
    }

    private static int started(Set<Thread> before) {
        Set<Thread> threads = new HashSet<>(threads());
        threads.removeAll(before);
        return threads.size();
    }

    @Test
    @Timeout(30)
    void close_leavesNoThread() throws Exception {
        Set<Thread> before = threads();
        EmbeddedCloud cloud = EmbeddedCloud.start();
        cloud.appService().always(Reply.hang());
        cloud.serviceFabric();
        cloud.arc();
        cloud.tokenProxy();
        try (Socket hanging = new Socket("127.0.0.1", cloud.appService().uri().getPort());
                Socket idle = new Socket("127.0.0.1", cloud.authority().uri().getPort())) {
            hanging.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            int expected = 5 + 2; // servers and connections
            while (cloud.requests().isEmpty() || started(before) < expected) {
                Thread.onSpinWait();
            }

            cloud.close();

            assertFalse(idle.isClosed());
            assertTrue(before.containsAll(threads()), "threads left: " + threads());
        }
        cloud.close();
        assertThrows(IllegalStateException.class, cloud::imds);
    }

    @Test
    void endpoints_startOnceAndOnDemand() {
        try (EmbeddedCloud cloud = EmbeddedCloud.start()) {
            assertSame(cloud.imds(), cloud.imds());
            assertSame(cloud.arc(), cloud.arc());
            assertSame(cloud.authority(), cloud.authority());
            assertThrows(
                    java.util.NoSuchElementException.class, () -> cloud.imds().lastRequest());
            assertEquals("imds", cloud.imds().name());
            assertEquals(
                    cloud.imds().environment(),
                    cloud.context(cloud.imds()).environment().variables());
            assertSame(cloud.clock(), cloud.context(cloud.imds()).clock());
        }
    }

    @Test
    void violations_allowed_doNotFail() throws Exception {
        try (EmbeddedCloud cloud = EmbeddedCloud.builder().region("northeurope").start()) {
            HttpCalls.get(cloud.imds().uri() + "/x", "Metadata", "true");
            AssertionError failure = assertThrows(AssertionError.class, cloud::assertNoViolations);
            assertTrue(failure.getMessage().contains("imds: GET /x: is not for path /metadata/identity/oauth2/token"));

            cloud.allowViolations();
            cloud.assertNoViolations();
            assertEquals(
                    "\"northeurope\"",
                    HttpCalls.get(
                                    cloud.imds().uri() + "/metadata/instance/compute/location?api-version=2020-06-01",
                                    "Metadata",
                                    "true")
                            .body());
        }
    }

    @Test
    void port_taken_isSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"));
                EmbeddedCloud cloud =
                        EmbeddedCloud.builder().port(taken.getLocalPort()).start()) {
            UncheckedIOException failure = assertThrows(UncheckedIOException.class, cloud::authority);
            assertTrue(failure.getMessage().contains("127.0.0.1:" + taken.getLocalPort()));
        }
    }

    @Test
    void emulator_hasEverythingAProgramNeeds(@TempDir Path directory) throws Exception {
        try (Emulator emulator = Emulator.start(0, directory.resolve("files"))) {
            var workload = emulator.scenarios().get("workload-identity");
            String assertion = Files.readString(Path.of(workload.get("AZURE_FEDERATED_TOKEN_FILE")));
            HttpCalls.Answer answer = HttpCalls.post(
                    emulator.cloud().authority().sslContext(),
                    workload.get("AZURE_AUTHORITY_HOST") + workload.get("AZURE_TENANT_ID") + "/oauth2/v2.0/token",
                    "grant_type=client_credentials&client_id=" + workload.get("AZURE_CLIENT_ID")
                            + "&client_assertion_type="
                            + HttpCalls.encode("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                            + "&client_assertion=" + assertion + "&scope=" + HttpCalls.encode("https://x/.default"));

            assertEquals(200, answer.status(), answer.body());
            assertEquals(
                    List.of(
                            "vm",
                            "app-service",
                            "workload-identity",
                            "service-principal",
                            "azure-ml",
                            "cloud-shell",
                            "arc",
                            "service-fabric",
                            "identity-binding",
                            "client-certificate",
                            "azure-pipelines",
                            "github-actions",
                            "user",
                            "user-password"),
                    List.copyOf(emulator.scenarios().keySet()));
            assertEquals(
                    Emulator.USER_NAME,
                    emulator.scenarios().get("user-password").get("AZURE_USERNAME"));
            assertEquals(
                    Emulator.CLIENT_SECRET,
                    emulator.scenarios().get("service-principal").get("AZURE_CLIENT_SECRET"));
            assertTrue(Files.readString(emulator.directory().resolve("ca.pem")).startsWith("-----BEGIN CERTIFICATE"));
            assertTrue(Files.size(emulator.directory().resolve("trust.p12")) > 0);
            assertEquals(4, emulator.trust().size());
            Path pem = Path.of(emulator.scenarios().get("client-certificate").get("AZURE_CLIENT_CERTIFICATE_PATH"));
            assertTrue(Files.readString(pem).startsWith("-----BEGIN PRIVATE KEY-----"));
            emulator.cloud().assertNoViolations();
        }
    }

    @Test
    void ports_areInARow(@TempDir Path directory) throws Exception {
        try (Emulator emulator = startInARow(directory)) {
            EmbeddedCloud cloud = emulator.cloud();
            List<CloudEndpoint> inOrder = List.of(
                    cloud.authority(),
                    cloud.imds(),
                    cloud.appService(),
                    cloud.azureMl(),
                    cloud.cloudShell(),
                    cloud.arc(),
                    cloud.serviceFabric(),
                    cloud.tokenProxy(),
                    cloud.azurePipelines(),
                    cloud.gitHubActions(),
                    cloud.resource(),
                    cloud.resourceManager());
            int first = cloud.authority().uri().getPort();
            for (int i = 0; i < inOrder.size(); i++) {
                assertEquals(
                        first + i,
                        inOrder.get(i).uri().getPort(),
                        inOrder.get(i).name());
            }
            assertEquals(EmbeddedCloud.PORTS, inOrder.size());
        }
    }

    /** Somebody else may have a port of the row, so several rows are tried. */
    private static Emulator startInARow(Path directory) throws Exception {
        UncheckedIOException taken = null;
        for (int attempt = 0; attempt < 20; attempt++) {
            int first;
            try (ServerSocket free = new ServerSocket(0)) {
                first = Math.min(free.getLocalPort(), 65_536 - EmbeddedCloud.PORTS);
            }
            try {
                return Emulator.start(first, directory);
            } catch (UncheckedIOException collision) {
                taken = collision;
            }
        }
        throw taken;
    }

    @Test
    void emulator_portTaken_leavesNothing(@TempDir Path directory) throws Exception {
        Set<Thread> before = threads();
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            assertThrows(UncheckedIOException.class, () -> Emulator.start(port, directory));
        }
        assertTrue(before.containsAll(threads()));
    }
}
