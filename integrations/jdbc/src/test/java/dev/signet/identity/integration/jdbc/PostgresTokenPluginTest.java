// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.AccessToken;
import dev.signet.identity.chain.DefaultAzureCredential;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;

class PostgresTokenPluginTest {
    @BeforeEach
    void register() {
        DatabaseCredentials.register("fake", request -> AccessToken.of("secret", Instant.MAX, "Fake"));
    }

    @AfterEach
    void unregister() {
        DatabaseCredentials.unregister("fake");
    }

    private static char[] password(String settings) throws PSQLException {
        Properties properties = new Properties();
        properties.setProperty(PostgresTokenPlugin.CREDENTIAL_PROPERTY, "fake");
        for (String setting : settings.split("&", -1)) {
            int sign = setting.indexOf('=');
            properties.setProperty(setting.substring(0, sign), setting.substring(sign + 1));
        }
        return new PostgresTokenPlugin(properties).getPassword(AuthenticationRequestType.CLEARTEXT_PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PGHOST=db.example&sslmode=require",
                "PGHOST=db.example&sslmode=VERIFY-CA",
                "PGHOST=db.example&sslmode=verify-full",
                "PGHOST=db.example&ssl=true",
                "PGHOST=db.example&ssl=",
                "PGHOST=localhost&sslmode=disable",
                "PGHOST=127.0.0.1,::1&user=app"
            })
    void password_encryptedOrLocal_isTheToken(String settings) throws Exception {
        assertEquals("secret", new String(password(settings)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PGHOST=db.example&user=app",
                "PGHOST=db.example&sslmode=prefer",
                "PGHOST=db.example&sslmode=allow",
                "PGHOST=db.example&ssl=false",
                "PGHOST=db.example&ssl=true&sslmode=disable",
                "PGHOST=localhost,db.example&user=app"
            })
    void password_perhapsUnencrypted_isRefused(String settings) {
        PSQLException refused = assertThrows(PSQLException.class, () -> password(settings));
        assertEquals(
                "The token would be readable on the network; set sslmode=require, better verify-full",
                refused.getMessage());
    }

    @Test
    void credential_unknownName_isReportedWithThoseThatAreThere() {
        PSQLException failure = assertThrows(
                PSQLException.class,
                () -> password("PGHOST=localhost&" + PostgresTokenPlugin.CREDENTIAL_PROPERTY + "=x"));
        assertEquals(
                "no credential is named 'x'; register it with DatabaseCredentials.register before the first connection."
                        + " There are: [fake]",
                failure.getMessage());
    }

    @Test
    void credential_unnamed_isOneDefaultForAll() {
        assertInstanceOf(DefaultAzureCredential.class, DatabaseCredentials.standard());
        assertSame(DatabaseCredentials.standard(), DatabaseCredentials.standard());
    }
}
