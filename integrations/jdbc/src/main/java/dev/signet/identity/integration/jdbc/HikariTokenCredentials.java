// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.jdbc;

import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.util.Credentials;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import java.util.Objects;

/**
 * Gives HikariCP a token as password of every new connection, for databases that take one from any client, such as
 * Azure Database for PostgreSQL and for MySQL. The pool asks for each connection; the credential's cache answers. Make
 * sure that the connections are encrypted. Thread-safe.
 *
 * @since 0.1.0
 */
public final class HikariTokenCredentials implements HikariCredentialsProvider {
    private final String user;
    private final TokenCredential credential;
    private final TokenRequestContext request;

    /**
     * Tokens for Azure Database for PostgreSQL or for MySQL, in the public cloud.
     *
     * @param user the database's name of the identity
     * @param credential where tokens come from; it stays the caller's to close
     */
    public HikariTokenCredentials(String user, TokenCredential credential) {
        this(user, credential, PostgresTokenPlugin.SCOPE);
    }

    /**
     * Tokens for another database or cloud.
     *
     * @param user the database's name of the identity
     * @param credential where tokens come from; it stays the caller's to close
     * @param scope what the database takes tokens for
     */
    public HikariTokenCredentials(String user, TokenCredential credential, String scope) {
        this.user = Objects.requireNonNull(user);
        this.credential = Objects.requireNonNull(credential);
        this.request = TokenRequestContext.of(scope);
    }

    @Override
    public Credentials getCredentials() {
        return Credentials.of(user, credential.getToken(request).token());
    }
}
