// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import dev.signet.identity.Secret;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An authorization code with what is needed to redeem it (RFC 6749 section 4.1.3). Immutable; {@link #toString()} shows
 * the redirect URI only.
 *
 * @since 0.1.0
 */
public final class AuthorizationCode {
    private final Secret code;
    private final URI redirectUri;
    private final @Nullable Secret verifier;

    private AuthorizationCode(Secret code, URI redirectUri, @Nullable Secret verifier) {
        this.code = code;
        this.redirectUri = redirectUri;
        this.verifier = verifier;
    }

    /**
     * A code that was sent to an address.
     *
     * @param code the code
     * @param redirectUri the address, as it was in the request for the code
     * @return the code
     */
    public static AuthorizationCode of(Secret code, URI redirectUri) {
        return new AuthorizationCode(Objects.requireNonNull(code), Objects.requireNonNull(redirectUri), null);
    }

    /**
     * The same code with the verifier of its challenge (RFC 7636).
     *
     * @param verifier the text that the challenge was made from
     * @return a new value
     */
    public AuthorizationCode withVerifier(Secret verifier) {
        return new AuthorizationCode(code, redirectUri, Objects.requireNonNull(verifier));
    }

    /**
     * The code.
     *
     * @return a secret that works once
     */
    public Secret code() {
        return code;
    }

    /**
     * The address that the code was sent to.
     *
     * @return as it was in the request for the code
     */
    public URI redirectUri() {
        return redirectUri;
    }

    /**
     * The verifier of the code's challenge.
     *
     * @return empty where there was no challenge
     */
    public Optional<Secret> verifier() {
        return Optional.ofNullable(verifier);
    }

    @Override
    public String toString() {
        return "AuthorizationCode[code=***, redirectUri=" + redirectUri + "]";
    }
}
