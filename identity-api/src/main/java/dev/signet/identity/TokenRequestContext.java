// SPDX-License-Identifier: MIT
package dev.signet.identity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a token is asked for: scopes, tenant, claims and whether the client handles continuous access evaluation.
 * Immutable; two requests are equal when they ask for the same token, whatever the order of their scopes.
 *
 * @since 0.1.0
 */
public final class TokenRequestContext {
    private final List<String> scopes;
    private final List<String> sortedScopes;
    private final @Nullable String tenantId;
    private final @Nullable String claims;
    private final boolean caeEnabled;
    private final int hash;

    private TokenRequestContext(
            List<String> scopes, @Nullable String tenantId, @Nullable String claims, boolean caeEnabled) {
        this.scopes = scopes;
        this.sortedScopes = sorted(scopes);
        this.tenantId = tenantId;
        this.claims = claims;
        this.caeEnabled = caeEnabled;
        String tenantKey = tenantId == null ? "" : tenantId.toLowerCase(Locale.ROOT);
        int result = sortedScopes.hashCode();
        result = 31 * result + tenantKey.hashCode();
        result = 31 * result + (claims == null ? 0 : claims.hashCode());
        this.hash = 31 * result + (caeEnabled ? 1 : 0);
    }

    /**
     * A request with the given scopes and nothing else.
     *
     * @param scopes at least one scope, for example {@code https://vault.azure.net/.default}
     * @return the request
     * @throws IllegalArgumentException if there is no scope, or one is blank or contains white space
     */
    public static TokenRequestContext of(String... scopes) {
        return new TokenRequestContext(checkedScopes(List.of(scopes)), null, null, false);
    }

    /**
     * A request with the given scopes and nothing else.
     *
     * @param scopes at least one scope
     * @return the request
     * @throws IllegalArgumentException if there is no scope, or one is blank or contains white space
     */
    public static TokenRequestContext of(List<String> scopes) {
        return new TokenRequestContext(checkedScopes(scopes), null, null, false);
    }

    /**
     * The scopes in the caller's order.
     *
     * @return at least one scope
     */
    public List<String> scopes() {
        return scopes;
    }

    /**
     * The tenant asked for, when it is not the credential's own.
     *
     * @return tenant id or domain name, as given
     */
    public Optional<String> tenantId() {
        return Optional.ofNullable(tenantId);
    }

    /**
     * The claims of a challenge, as decoded JSON. A request with claims is not answered from the cache.
     *
     * @return JSON object text
     */
    public Optional<String> claims() {
        return Optional.ofNullable(claims);
    }

    /**
     * Whether the client can handle claims challenges (continuous access evaluation, CAE). Such tokens live
     * longer and are cached apart.
     *
     * @return false unless asked for
     */
    public boolean caeEnabled() {
        return caeEnabled;
    }

    /**
     * The same request for another tenant.
     *
     * @param tenantId tenant id or domain name: letters, digits, dots and hyphens
     * @return a new request
     * @throws IllegalArgumentException if the tenant has other characters
     */
    public TokenRequestContext withTenantId(String tenantId) {
        return new TokenRequestContext(scopes, checkedTenantId(tenantId), claims, caeEnabled);
    }

    /**
     * The same request for the credential's own tenant.
     *
     * @return this request if it names no tenant, else a new one
     */
    public TokenRequestContext withoutTenantId() {
        return tenantId == null ? this : new TokenRequestContext(scopes, null, claims, caeEnabled);
    }

    /**
     * The same request with the claims of a challenge.
     *
     * @param claims JSON object text, or the Base64 of it that a {@code WWW-Authenticate} header has
     * @return a new request, which has the decoded text
     * @throws IllegalArgumentException if it is neither: the text is not in braces
     */
    public TokenRequestContext withClaims(String claims) {
        String text = claims.strip();
        if (!isObject(text)) {
            text = decoded(text);
        }
        if (!isObject(text)) {
            throw new IllegalArgumentException(
                    "claims must be a JSON object such as {\"access_token\":{...}}, or the Base64 of one as a challenge"
                            + " has it");
        }
        return new TokenRequestContext(scopes, tenantId, text, caeEnabled);
    }

    private static boolean isObject(String text) {
        return text.startsWith("{") && text.endsWith("}");
    }

    /** Of either alphabet, with or without padding; empty if it is none. */
    private static String decoded(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    /**
     * The same request without claims.
     *
     * @return this request if it has none, else a new one
     */
    public TokenRequestContext withoutClaims() {
        return claims == null ? this : new TokenRequestContext(scopes, tenantId, null, caeEnabled);
    }

    /**
     * The same request with continuous access evaluation on or off.
     *
     * @param caeEnabled whether the client handles claims challenges
     * @return a request
     */
    public TokenRequestContext withCaeEnabled(boolean caeEnabled) {
        return caeEnabled == this.caeEnabled ? this : new TokenRequestContext(scopes, tenantId, claims, caeEnabled);
    }

    /**
     * Checks the characters of a tenant id: letters, digits, dots and hyphens, so that it can stand in a URL; no hyphen
     * at the start, so that it is no option on a command line.
     *
     * @param tenantId tenant id or domain name
     * @return the same text
     * @throws IllegalArgumentException if it is blank or has other characters
     */
    public static String checkedTenantId(String tenantId) {
        boolean valid = !tenantId.isEmpty() && tenantId.length() <= 256;
        for (int i = 0; i < tenantId.length() && valid; i++) {
            char c = tenantId.charAt(i);
            valid = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
        }
        if (!valid || tenantId.startsWith(".") || tenantId.startsWith("-") || tenantId.contains("..")) {
            throw new IllegalArgumentException("tenantId must consist of letters, digits, '.' and '-'; give the"
                    + " directory (tenant) id or a domain name, both shown on the tenant's overview page");
        }
        return tenantId;
    }

    private static List<String> checkedScopes(List<String> scopes) {
        List<String> copy = List.copyOf(scopes);
        if (copy.isEmpty()) {
            throw new IllegalArgumentException(
                    "scopes must not be empty; name one such as https://vault.azure.net/.default");
        }
        for (String scope : copy) {
            if (scope.isEmpty() || hasWhitespace(scope)) {
                throw new IllegalArgumentException("a scope must not be blank or contain white space; pass several"
                        + " scopes as several arguments");
            }
        }
        return copy;
    }

    private static boolean hasWhitespace(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7F || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                return true;
            }
        }
        return false;
    }

    /** By index: the iterators of {@link List#equals} would be garbage on every cache hit. */
    private static boolean sameScopes(List<String> one, List<String> other) {
        int size = one.size();
        if (size != other.size()) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (!one.get(i).equals(other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> sorted(List<String> scopes) {
        if (scopes.size() == 1) {
            return scopes;
        }
        String[] copy = scopes.toArray(new String[0]);
        Arrays.sort(copy);
        return List.of(copy);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof TokenRequestContext that
                && hash == that.hash
                && caeEnabled == that.caeEnabled
                && sameScopes(sortedScopes, that.sortedScopes)
                && (tenantId == null ? that.tenantId == null : tenantId.equalsIgnoreCase(that.tenantId))
                && Objects.equals(claims, that.claims);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "TokenRequestContext[scopes=" + scopes + ", tenantId=" + (tenantId == null ? "default" : tenantId)
                + ", claims=" + (claims == null ? "no" : "yes") + ", caeEnabled=" + caeEnabled + "]";
    }
}
