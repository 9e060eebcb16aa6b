// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.sqlserver.jdbc.SQLServerDataSource;
import com.microsoft.sqlserver.jdbc.SQLServerException;
import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.testkit.CertificateAuthority;
import dev.signet.identity.testkit.EmbeddedCloud;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The unmodified driver against a server that speaks just enough of its protocol, over TLS. */
@Timeout(60)
class SqlServerTest {
    private static final String RESOURCE = "https://database.windows.net/";
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("SQL Server test CA");

    @TempDir
    Path folder;

    private EmbeddedCloud cloud;
    private DefaultAzureCredential credential;

    @BeforeEach
    void startCloud() {
        cloud = EmbeddedCloud.start();
        credential = DefaultAzureCredential.builder()
                .environment(Environment.of(cloud.imds().environment()))
                .clock(cloud.clock())
                .build();
    }

    @AfterEach
    void stopCloud() {
        credential.close();
        cloud.assertNoViolations();
        cloud.close();
    }

    private SqlServerStandIn server(String resource) throws Exception {
        return new SqlServerStandIn(
                AUTHORITY, resource, token -> cloud.authority().accepts(token, RESOURCE));
    }

    private SQLServerDataSource dataSource(SqlServerStandIn server, SqlServerTokenCallback callback) {
        SQLServerDataSource source = new SQLServerDataSource();
        source.setServerName("localhost");
        source.setPortNumber(server.port());
        source.setEncrypt("strict");
        source.setTrustStore(AUTHORITY
                .writeTrustStore(folder.resolve("trust.p12"), "changeit")
                .toString());
        source.setTrustStorePassword("changeit");
        source.setLoginTimeout(20);
        source.setConnectRetryCount(0);
        source.setAccessTokenCallback(callback);
        return source;
    }

    @Test
    void callback_serverAsksForADatabaseToken_signsIn() throws Exception {
        try (SqlServerStandIn server = server(RESOURCE);
                Connection connection = dataSource(server, new SqlServerTokenCallback(credential))
                        .getConnection()) {
            assertFalse(connection.isClosed());
            assertEquals(16, connection.getMetaData().getDatabaseMajorVersion());
        }
        assertEquals(RESOURCE, cloud.imds().lastRequest().query("resource").orElseThrow());
    }

    @Test
    void callback_serverAsksForAnotherResource_isRefused() throws Exception {
        try (SqlServerStandIn server = server("https://vault.azure.net")) {
            SQLServerDataSource source = dataSource(server, new SqlServerTokenCallback(credential));
            Exception refused = assertThrows(Exception.class, source::getConnection);
            assertTrue(
                    refused.toString()
                            .contains("SqlServerTokenCallback: the server asked for a token for"
                                    + " https://vault.azure.net, which is no SQL database. Check the server's name and"
                                    + " its certificate."),
                    refused.toString());
        }
        assertEquals(0, cloud.requests().size());
    }

    @Test
    void callback_tokenThatTheServerRefuses_isTheDriversError() throws Exception {
        SqlServerTokenCallback foreign = new SqlServerTokenCallback(
                request -> AccessToken.of("foreign", cloud.clock().instant().plusSeconds(600), "Foreign"));
        try (SqlServerStandIn server = server(RESOURCE)) {
            SQLServerException refused =
                    assertThrows(SQLServerException.class, dataSource(server, foreign)::getConnection);
            assertEquals(18456, refused.getErrorCode(), refused.toString());
        }
    }

    @Test
    void callback_otherClouds_areKnown() {
        SqlServerTokenCallback callback = new SqlServerTokenCallback(request -> AccessToken.of(
                "token", cloud.clock().instant(), request.scopes().get(0)));
        for (String resource : new String[] {
            "https://database.windows.net/",
            "https://database.windows.net",
            "https://database.usgovcloudapi.net/",
            "https://database.chinacloudapi.cn/",
            "https://database.cloudapi.de/"
        }) {
            assertEquals("token", callback.getAccessToken(resource, "").getAccessToken());
        }
        for (String resource : new String[] {
            "",
            "/",
            "https://database.windows.net.evil.example/",
            "http://database.windows.net/",
            "https://database.windows.net//",
            "https://ossrdbms-aad.database.windows.net"
        }) {
            assertThrows(ClientAuthenticationException.class, () -> callback.getAccessToken(resource, ""));
        }
    }
}
