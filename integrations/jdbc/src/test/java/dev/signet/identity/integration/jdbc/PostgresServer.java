// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server on a free port of the loopback address. It hands the password of the user {@code app} to a
 * directory to check; the user {@code scram} must prove it by SCRAM. Its files are below {@code target}.
 */
final class PostgresServer implements AutoCloseable {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String UNPRIVILEGED = "postgres";

    private final Path programs;
    private final Path data;
    private final int port;

    private PostgresServer(Path programs, Path data, int port) {
        this.programs = programs;
        this.data = data;
        this.port = port;
    }

    /** Starts it; skips the test where it is not installed, but not in CI. */
    static PostgresServer start(int directoryPort) throws Exception {
        Optional<Path> programs = programs();
        String remedy = "PostgreSQL is not installed: run .ci/peers/install";
        assertTrue(programs.isPresent() || !"true".equals(System.getenv("CI")), remedy);
        assumeTrue(programs.isPresent(), remedy);
        Path parent = Files.createDirectories(Path.of("target").toAbsolutePath());
        Path data = isRoot() && !openToOthers(parent)
                ? Files.createTempDirectory("signet-postgres")
                : Files.createTempDirectory(parent, "postgres");
        if (isRoot()) {
            Files.setOwner(
                    data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(UNPRIVILEGED));
        }
        PostgresServer server = new PostgresServer(programs.get(), data, freePort());
        server.run("initdb", "-D", data.toString(), "-U", "admin", "--auth=trust", "--no-sync", "--locale=C");
        Files.writeString(data.resolve("pg_hba.conf"), """
                host all admin 127.0.0.1/32 trust
                host all scram 127.0.0.1/32 scram-sha-256
                host all all   127.0.0.1/32 ldap ldapserver=127.0.0.1 ldapport=%d ldapprefix="cn="
                """.formatted(directoryPort));
        server.run(
                "pg_ctl",
                "-D",
                data.toString(),
                "-w",
                "-s",
                "-l",
                data.resolve("log").toString(),
                "-o",
                "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=120 -p "
                        + server.port,
                "start");
        return server;
    }

    String url(String parameters) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?" + parameters;
    }

    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Whether another user gets there. */
    private static boolean openToOthers(Path folder) throws IOException {
        for (Path at = folder; at != null; at = at.getParent()) {
            if (!Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Runs a program of PostgreSQL, which refuses to run as root. */
    private void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(
                    List.of("setpriv", "--reuid=" + UNPRIVILEGED, "--regid=" + UNPRIVILEGED, "--clear-groups", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(data.getParent(), program, ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(data.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("LC_ALL", "C");
        int status = builder.start().waitFor();
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        assertEquals(0, status, printed);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("pg_ctl", "-D", data.toString(), "-w", "-s", "-m", "immediate", "stop");
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
