// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.jdbc;

import com.microsoft.sqlserver.jdbc.SQLServerAccessTokenCallback;
import com.microsoft.sqlserver.jdbc.SqlAuthenticationToken;
import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import java.util.Objects;
import java.util.Set;

/**
 * Gives the SQL Server driver a token, through {@code setAccessTokenCallback}, or through {@code
 * accessTokenCallbackClass} from one {@code DefaultAzureCredential} for the whole application. The server says what it
 * wants a token for; anything but a SQL database is refused, so that no server can collect tokens for other services.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class SqlServerTokenCallback implements SQLServerAccessTokenCallback {
    private static final String NAME = "SqlServerTokenCallback";
    private static final Set<String> DATABASES = Set.of(
            "https://database.windows.net",
            "https://database.usgovcloudapi.net",
            "https://database.chinacloudapi.cn",
            "https://database.cloudapi.de");

    private final TokenCredential credential;

    /** Made by the driver: tokens of the application's {@code DefaultAzureCredential}. */
    public SqlServerTokenCallback() {
        this(DatabaseCredentials.standard());
    }

    /**
     * Tokens of a credential.
     *
     * @param credential where tokens come from; it stays the caller's to close
     */
    public SqlServerTokenCallback(TokenCredential credential) {
        this.credential = Objects.requireNonNull(credential);
    }

    /**
     * Gives a token.
     *
     * @param resource what the server wants a token for, with the slash that is a part of the name
     * @param authority where the server would have it from; the credential knows its own
     * @return the token
     * @throws ClientAuthenticationException if there is none, or it is for something else than a database
     */
    @Override
    public SqlAuthenticationToken getAccessToken(String resource, String authority) {
        String name = resource.endsWith("/") ? resource.substring(0, resource.length() - 1) : resource;
        if (!DATABASES.contains(name)) {
            throw new ClientAuthenticationException(FailureDetails.rejected(
                            NAME, "the server asked for a token for " + resource + ", which is no SQL database")
                    .remedy("Check the server's name and its certificate.")
                    .build());
        }
        AccessToken token = credential.getToken(TokenRequestContext.of(resource + "/.default"));
        return new SqlAuthenticationToken(token.token(), token.expiresOn().toEpochMilli());
    }
}
