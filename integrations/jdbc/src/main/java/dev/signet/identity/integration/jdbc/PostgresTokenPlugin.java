// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.jdbc;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Gives the PostgreSQL driver a token as password, for a URL with {@code authenticationPluginClassName}. Tokens come
 * from one {@code DefaultAzureCredential} for the whole application, or from the credential that the URL names. The
 * token goes over the wire as it is, so any server but this machine needs {@code sslmode=require} or better.
 *
 * @since 0.1.0
 */
public final class PostgresTokenPlugin implements AuthenticationPlugin {
    /** The property with the name of a credential, as given to {@link DatabaseCredentials#register}: {@value}. */
    public static final String CREDENTIAL_PROPERTY = "signetCredential";

    /** The property with the scope, for clouds other than the public one: {@value}. */
    public static final String SCOPE_PROPERTY = "signetScope";

    static final String SCOPE = "https://ossrdbms-aad.database.windows.net/.default";

    private static final Set<String> ENCRYPTED = Set.of("require", "verify-ca", "verify-full");
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");

    private final Properties settings;

    /**
     * Made by the driver, for each connection.
     *
     * @param settings of the connection
     */
    public PostgresTokenPlugin(Properties settings) {
        this.settings = settings;
    }

    /**
     * Gives a token.
     *
     * @param type how the server wants it; only {@code CLEARTEXT_PASSWORD} lets it see the token
     * @return the token
     * @throws PSQLException if there is none, with the credential's exception as its cause; if the server wants
     *     anything else than a password in clear text; or if the connection may be unencrypted
     */
    @Override
    public char[] getPassword(AuthenticationRequestType type) throws PSQLException {
        if (type != AuthenticationRequestType.CLEARTEXT_PASSWORD) {
            throw new PSQLException(
                    "The server asks for " + type + ", with which it cannot see a token; enable Microsoft Entra"
                            + " authentication for this user on the server",
                    PSQLState.CONNECTION_REJECTED);
        }
        if (!encrypted()) {
            throw new PSQLException(
                    "The token would be readable on the network; set sslmode=require, better verify-full",
                    PSQLState.CONNECTION_REJECTED);
        }
        try {
            String scope = settings.getProperty(SCOPE_PROPERTY, SCOPE);
            return credential().getToken(TokenRequestContext.of(scope)).token().toCharArray();
        } catch (ClientAuthenticationException | IllegalArgumentException | IllegalStateException noToken) {
            throw new PSQLException(noToken.getMessage(), PSQLState.CONNECTION_REJECTED, noToken);
        }
    }

    private TokenCredential credential() {
        String name = settings.getProperty(CREDENTIAL_PROPERTY);
        return name == null ? DatabaseCredentials.standard() : DatabaseCredentials.named(name);
    }

    /** As the driver reads its settings: without {@code sslmode}, {@code ssl} stands for {@code verify-full}. */
    private boolean encrypted() {
        String ssl = settings.getProperty("ssl");
        String standard = ssl == null || ssl.equalsIgnoreCase("false") ? "prefer" : "verify-full";
        String mode = settings.getProperty("sslmode", standard).toLowerCase(Locale.ROOT);
        if (ENCRYPTED.contains(mode)) {
            return true;
        }
        for (String host : settings.getProperty("PGHOST", "localhost").split(",", -1)) {
            if (!THIS_MACHINE.contains(host.strip())) {
                return false;
            }
        }
        return true;
    }
}
