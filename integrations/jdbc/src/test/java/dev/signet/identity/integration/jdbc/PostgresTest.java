// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.MutableClock;
import dev.signet.identity.testkit.Reply;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The unmodified driver and pool against a real PostgreSQL, which has the tokens checked by the embedded cloud. */
@Timeout(120)
class PostgresTest {
    private static final String AUDIENCE = "https://ossrdbms-aad.database.windows.net";
    private static final String PLUGIN =
            "authenticationPluginClassName=" + PostgresTokenPlugin.class.getName() + "&signetCredential=cloud";
    private static final int MANY = 100;

    private static volatile EmbeddedCloud cloud;
    private static TokenDirectory directory;
    private static PostgresServer postgres;

    private DefaultAzureCredential credential;

    @BeforeAll
    static void startServers() throws Exception {
        directory = new TokenDirectory(token -> cloud.authority().accepts(token, AUDIENCE));
        postgres = PostgresServer.start(directory.port());
        try (Connection connection = DriverManager.getConnection(postgres.url("user=admin"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE app LOGIN");
            statement.execute("CREATE ROLE scram LOGIN PASSWORD 'unknown to anybody'");
        }
    }

    @AfterAll
    static void stopServers() throws Exception {
        if (postgres != null) {
            postgres.close();
        }
        directory.close();
    }

    @BeforeEach
    void startCloud() {
        cloud = EmbeddedCloud.builder().clock(MutableClock.now()).start();
        credential = DefaultAzureCredential.builder()
                .environment(Environment.of(cloud.imds().environment()))
                .clock(cloud.clock())
                .build();
        DatabaseCredentials.register("cloud", credential);
    }

    @AfterEach
    void stopCloud() {
        DatabaseCredentials.unregister("cloud");
        credential.close();
        cloud.assertNoViolations();
        cloud.close();
    }

    private static String user(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT current_user")) {
            result.next();
            return result.getString(1);
        }
    }

    @Test
    void plugin_ofUrl_signsInWithATokenForDatabases() throws Exception {
        try (Connection connection = DriverManager.getConnection(postgres.url("user=app&" + PLUGIN))) {
            assertEquals("app", user(connection));
        }
        assertEquals(AUDIENCE, cloud.imds().lastRequest().query("resource").orElseThrow());
        assertEquals("cn=app", directory.names().get(directory.names().size() - 1));
    }

    @Test
    void plugin_hundredConnections_needOneToken() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Connection> connections = new ArrayList<>();
        try {
            Callable<Connection> connect = () -> DriverManager.getConnection(postgres.url("user=app&" + PLUGIN));
            List<Future<Connection>> opened = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                opened.add(threads.submit(connect));
            }
            for (Future<Connection> connection : opened) {
                connections.add(connection.get());
            }
            assertEquals("app", user(connections.get(MANY - 1)));
        } finally {
            threads.shutdown();
            for (Connection connection : connections) {
                connection.close();
            }
        }
        assertEquals(1, tokenRequests());
    }

    @Test
    void plugin_tokenExpired_getsAnotherForTheNextConnection() throws Exception {
        String url = postgres.url("user=app&" + PLUGIN);
        try (Connection first = DriverManager.getConnection(url)) {
            cloud.clock().advance(Duration.ofHours(25));
            try (Connection second = DriverManager.getConnection(url)) {
                assertEquals("app", user(second));
            }
            assertEquals("app", user(first));
        }
        assertEquals(2, tokenRequests());
    }

    @Test
    void plugin_tokenForAnotherResource_isRefusedByTheServer() {
        SQLException refused = assertThrows(
                SQLException.class,
                () -> DriverManager.getConnection(
                        postgres.url("user=app&signetScope=https://vault.azure.net/.default&" + PLUGIN)));
        assertEquals("28000", refused.getSQLState(), refused.getMessage());
    }

    @Test
    void plugin_noToken_reportsTheCredentialsFailure() {
        cloud.imds().always(Reply.json(400, "{\"error\":\"invalid_request\"}"));
        SQLException failure =
                assertThrows(SQLException.class, () -> DriverManager.getConnection(postgres.url("user=app&" + PLUGIN)));
        assertInstanceOf(ClientAuthenticationException.class, failure.getCause());
        assertEquals(failure.getCause().getMessage(), failure.getMessage());
    }

    @Test
    void plugin_serverThatWantsAProof_getsNoToken() {
        SQLException failure = assertThrows(
                SQLException.class, () -> DriverManager.getConnection(postgres.url("user=scram&" + PLUGIN)));
        assertEquals(
                "The server asks for SASL, with which it cannot see a token; enable Microsoft Entra authentication for"
                        + " this user on the server",
                failure.getMessage());
        assertEquals(0, tokenRequests());
    }

    @Test
    void pool_hikari_signsInWithTokens() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.url(""));
        config.setMaximumPoolSize(10);
        config.setCredentialsProvider(new HikariTokenCredentials("app", credential));
        try (HikariDataSource pool = new HikariDataSource(config)) {
            List<Connection> connections = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                connections.add(pool.getConnection());
            }
            for (Connection connection : connections) {
                assertEquals("app", user(connection));
                connection.close();
            }
        }
        assertEquals(1, tokenRequests());
        assertTrue(directory.names().size() >= 10);
    }

    private static long tokenRequests() {
        return cloud.imds().requests().stream()
                .filter(request -> request.query("resource").isPresent())
                .count();
    }
}
