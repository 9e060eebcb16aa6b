// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real Kafka broker in KRaft mode, in a JVM of its own. Clients sign in with tokens, which it checks itself with the
 * keys of the cloud's authority: signature, issuer, audience, expiry. Its files are below {@code target}.
 */
final class KafkaBroker implements AutoCloseable {
    private static final String PACKAGE = "org.apache.kafka.common.security.oauthbearer.";

    private final Path folder;
    private final int port;
    private final Process process;

    private KafkaBroker(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    static KafkaBroker start(String keys, String issuer, String audience) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(Path.of("target")).toAbsolutePath(), "kafka");
        Path keyFile = Files.writeString(folder.resolve("keys.json"), keys);
        List<Integer> ports = freePorts();
        Path settings = Files.writeString(folder.resolve("server.properties"), """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=INTERNAL
                listeners=CONTROLLER://127.0.0.1:%1$d,INTERNAL://127.0.0.1:%2$d,CLIENTS://127.0.0.1:%3$d
                advertised.listeners=INTERNAL://127.0.0.1:%2$d,CLIENTS://127.0.0.1:%3$d
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,INTERNAL:PLAINTEXT,CLIENTS:SASL_PLAINTEXT
                sasl.enabled.mechanisms=OAUTHBEARER
                sasl.oauthbearer.jwks.endpoint.url=%4$s
                sasl.oauthbearer.expected.audience=%5$s
                sasl.oauthbearer.expected.issuer=%8$s
                listener.name.clients.oauthbearer.sasl.jaas.config=%6$sOAuthBearerLoginModule required;
                listener.name.clients.oauthbearer.sasl.server.callback.handler.class=%6$sOAuthBearerValidatorCallbackHandler
                listener.name.clients.oauthbearer.connections.max.reauth.ms=3600000
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                group.initial.rebalance.delay.ms=0
                log.dirs=%7$s
                """.formatted(
                        ports.get(0),
                        ports.get(1),
                        ports.get(2),
                        keyFile.toUri(),
                        audience,
                        PACKAGE,
                        folder.resolve("data"),
                        issuer));
        Path log = folder.resolve("log");
        int formatted = java(
                        log,
                        keyFile,
                        "kafka.tools.StorageTool",
                        "format",
                        "--config",
                        settings.toString(),
                        "--cluster-id",
                        "c2lnbmV0LXRlc3RzLWthZg")
                .waitFor();
        assertEquals(0, formatted, Files.readString(log));
        return new KafkaBroker(folder, ports.get(2), java(log, keyFile, "kafka.Kafka", settings.toString()));
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** What the broker printed, to be shown when a test fails. */
    String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    private static Process java(Path log, Path keys, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + keys.toUri(),
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + System.getProperty("jdk.module.path", ""),
                main));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static List<Integer> freePorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
