/**
 * Tokens as passwords of databases, for the PostgreSQL driver, HikariCP and the SQL Server driver.
 *
 * @since 0.1.0
 */
@SuppressWarnings("requires-automatic") // the drivers have no descriptors
module dev.signet.identity.integration.jdbc {
    requires transitive dev.signet.identity;
    requires dev.signet.identity.chain;
    requires static com.microsoft.sqlserver.jdbc;
    requires static com.zaxxer.hikari;
    requires static java.sql;
    requires static org.jspecify;
    requires static org.postgresql.jdbc;

    exports dev.signet.identity.integration.jdbc;
}
