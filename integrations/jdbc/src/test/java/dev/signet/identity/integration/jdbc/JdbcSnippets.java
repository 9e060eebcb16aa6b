// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.jdbc;

import com.microsoft.sqlserver.jdbc.SQLServerDataSource;
import com.zaxxer.hikari.HikariConfig;
import dev.signet.identity.TokenCredential;

/** The samples of README, compiled. */
final class JdbcSnippets {
    private JdbcSnippets() {}

    static void pools(HikariConfig pool, SQLServerDataSource sqlServer, TokenCredential credential) {
        // tag::jdbc
        pool.setJdbcUrl("jdbc:postgresql://contoso.postgres.database.azure.com/shop?sslmode=verify-full");
        pool.setCredentialsProvider(new HikariTokenCredentials("shop-app", credential));
        sqlServer.setAccessTokenCallback(new SqlServerTokenCallback(credential));
        // end::jdbc
    }
}
