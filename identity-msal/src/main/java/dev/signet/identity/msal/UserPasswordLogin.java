// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import dev.signet.identity.AccessToken;
import dev.signet.identity.Secret;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.TokenSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of a user whose password is known (RFC 6749 section 4.3): by password the first time, then by refresh token.
 * Works for no user with a second factor, which Microsoft demands for Azure; it is here for what cannot be changed yet.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class UserPasswordLogin implements TokenSource {
    private final UserLogin login;

    /**
     * A login by password.
     *
     * @param client the application
     * @param userName the user's principal name
     * @param password the password
     * @throws IllegalArgumentException if the name is blank or has characters that no user name has
     */
    public UserPasswordLogin(UserClient client, String userName, Secret password) {
        String name = checked(client.credentialName(), userName);
        Objects.requireNonNull(password);
        this.login = UserLogin.of(client, request -> client.password(name, password, request));
    }

    /** The name stands in an address. */
    private static String checked(String credentialName, String userName) {
        boolean valid = !userName.isEmpty();
        for (int i = 0; i < userName.length(); i++) {
            char c = userName.charAt(i);
            valid &= c > ' ' && c != 0x7F && "/\\?#%".indexOf(c) < 0;
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    credentialName + ": the user name must be the name that the user signs in"
                            + " with, such as user@contoso.com, without blanks and slashes");
        }
        return userName;
    }

    @Override
    public AccessToken fetch(TokenRequestContext request, @Nullable AccessToken rejected) {
        return login.fetch(request, rejected);
    }

    @Override
    public String toString() {
        return login.toString();
    }
}
