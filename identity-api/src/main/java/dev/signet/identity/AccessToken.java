// SPDX-License-Identifier: MIT
package dev.signet.identity;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An access token with its times and its origin. Immutable; {@link #toString()} never shows the token.
 *
 * @since 0.1.0
 */
public final class AccessToken {
    /** The token type of RFC 6750: {@value}. */
    public static final String BEARER = "Bearer";

    private final String token;
    private final Instant expiresOn;
    private final @Nullable Instant refreshOn;
    private final String tokenType;
    private final String credentialName;

    private AccessToken(
            String token, Instant expiresOn, @Nullable Instant refreshOn, String tokenType, String credentialName) {
        this.token = token;
        this.expiresOn = expiresOn;
        this.refreshOn = refreshOn;
        this.tokenType = tokenType;
        this.credentialName = credentialName;
    }

    /**
     * A bearer token.
     *
     * @param token the token as it goes behind {@code Bearer }
     * @param expiresOn the moment from which it is refused
     * @param credentialName the credential that gave it, for example {@code AzureCliCredential}
     * @return the token
     * @throws IllegalArgumentException if the token is empty or has characters that cannot stand in a header
     */
    public static AccessToken of(String token, Instant expiresOn, String credentialName) {
        if (token.isEmpty() || !printableAscii(token)) {
            throw new IllegalArgumentException(
                    credentialName + ": an access token must consist of printable ASCII characters without blanks");
        }
        return new AccessToken(
                token, Objects.requireNonNull(expiresOn), null, BEARER, Objects.requireNonNull(credentialName));
    }

    /**
     * The same token with the moment from which the source would like it renewed.
     *
     * @param refreshOn renewal time; later than the expiry means no advice
     * @return a new value
     */
    public AccessToken withRefreshOn(Instant refreshOn) {
        return new AccessToken(token, expiresOn, Objects.requireNonNull(refreshOn), tokenType, credentialName);
    }

    /**
     * The same token with another type, for example {@code pop}.
     *
     * @param tokenType the type as the source named it
     * @return a new value
     */
    public AccessToken withTokenType(String tokenType) {
        return new AccessToken(token, expiresOn, refreshOn, Objects.requireNonNull(tokenType), credentialName);
    }

    /**
     * The token itself: a secret.
     *
     * @return printable ASCII text
     */
    public String token() {
        return token;
    }

    /**
     * The moment from which the token is refused.
     *
     * @return expiry time
     */
    public Instant expiresOn() {
        return expiresOn;
    }

    /**
     * The moment from which the source would like the token renewed, when it said so.
     *
     * @return renewal time
     */
    public Optional<Instant> refreshOn() {
        return Optional.ofNullable(refreshOn);
    }

    /**
     * The token type, {@value #BEARER} unless the source named another.
     *
     * @return the type
     */
    public String tokenType() {
        return tokenType;
    }

    /**
     * The name of the credential that gave the token; inside a chain that of the link.
     *
     * @return for example {@code ManagedIdentityCredential}
     */
    public String credentialName() {
        return credentialName;
    }

    private static boolean printableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x21 || c > 0x7E) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AccessToken that
                && token.equals(that.token)
                && expiresOn.equals(that.expiresOn)
                && Objects.equals(refreshOn, that.refreshOn)
                && tokenType.equals(that.tokenType)
                && credentialName.equals(that.credentialName);
    }

    @Override
    public int hashCode() {
        return token.hashCode();
    }

    @Override
    public String toString() {
        return "AccessToken[token=***, tokenType=" + tokenType + ", expiresOn=" + expiresOn + ", refreshOn="
                + (refreshOn == null ? "none" : refreshOn) + ", credentialName=" + credentialName + "]";
    }
}
