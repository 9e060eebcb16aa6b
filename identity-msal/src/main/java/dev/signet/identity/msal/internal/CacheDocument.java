// SPDX-License-Identifier: MIT
package dev.signet.identity.msal.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.identity.AccessToken;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token cache in the schema that Microsoft's libraries share: objects {@code AccessToken}, {@code RefreshToken},
 * {@code IdToken}, {@code Account} and {@code AppMetadata} of entries by key. Read leniently: other libraries write
 * numbers as numbers or as strings, and fields of their own.
 */
public final class CacheDocument {
    static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode root;

    private CacheDocument(ObjectNode root) {
        this.root = root;
    }

    /**
     * Where tokens of an account are found.
     *
     * @param homeAccountId the account
     * @param hosts all names of its cloud's sign-in host
     * @param clientId the application
     * @param tenantId the tenant that was asked
     */
    public record Place(String homeAccountId, Set<String> hosts, String clientId, String tenantId) {}

    /**
     * Reads a cache.
     *
     * @param text a JSON object
     * @return the cache; an empty one for anything else
     */
    public static CacheDocument parse(String text) {
        ObjectNode root = read(text);
        return new CacheDocument(root == null ? JSON.createObjectNode() : root);
    }

    /**
     * Whether a text is a cache at all.
     *
     * @param text any text
     * @return true for a JSON object
     */
    public static boolean isCache(String text) {
        return read(text) != null;
    }

    private static @Nullable ObjectNode read(String text) {
        try {
            return JSON.readTree(text) instanceof ObjectNode object ? object : null;
        } catch (JsonProcessingException malformed) {
            return null;
        }
    }

    ObjectNode root() {
        return root;
    }

    /**
     * The bearer token that is valid longest.
     *
     * @param place whose
     * @param scopes at least these
     * @param credentialName the credential that gives it
     * @return null if there is none
     */
    public @Nullable AccessToken accessToken(Place place, Iterable<String> scopes, String credentialName) {
        AccessToken best = null;
        for (JsonNode entry : root.path("AccessToken")) {
            boolean found = text(entry, "credential_type").equalsIgnoreCase("AccessToken")
                    && text(entry, "home_account_id").equals(place.homeAccountId())
                    && place.hosts().contains(text(entry, "environment").toLowerCase(Locale.ROOT))
                    && text(entry, "client_id").equalsIgnoreCase(place.clientId())
                    && text(entry, "realm").equalsIgnoreCase(place.tenantId())
                    && covers(text(entry, "target"), scopes);
            AccessToken token = found ? token(entry, credentialName) : null;
            if (token != null && (best == null || token.expiresOn().isAfter(best.expiresOn()))) {
                best = token;
            }
        }
        return best;
    }

    /**
     * Whether an account is known.
     *
     * @param homeAccountId the account
     * @param hosts all names of its cloud's sign-in host
     * @return true if there is an entry for it
     */
    public boolean hasAccount(String homeAccountId, Set<String> hosts) {
        for (JsonNode entry : root.path("Account")) {
            if (text(entry, "home_account_id").equals(homeAccountId)
                    && hosts.contains(text(entry, "environment").toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Removes the access tokens of an application that are of no use any more; nobody else does.
     *
     * @param clientId the application
     * @param now the time
     */
    public void removeExpired(String clientId, Instant now) {
        Iterator<JsonNode> entries = root.path("AccessToken").elements();
        while (entries.hasNext()) {
            JsonNode entry = entries.next();
            Instant expiry = instant(entry, "expires_on");
            if (text(entry, "client_id").equalsIgnoreCase(clientId) && expiry != null && expiry.isBefore(now)) {
                entries.remove();
            }
        }
    }

    private static boolean covers(String target, Iterable<String> scopes) {
        String granted = " " + target.toLowerCase(Locale.ROOT) + " ";
        for (String scope : scopes) {
            if (!granted.contains(" " + scope.toLowerCase(Locale.ROOT) + " ")) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable AccessToken token(JsonNode entry, String credentialName) {
        Instant expiry = instant(entry, "expires_on");
        String type = text(entry, "token_type");
        if (expiry == null || !type.isEmpty() && !type.equalsIgnoreCase(AccessToken.BEARER)) {
            return null;
        }
        AccessToken token;
        try {
            token = AccessToken.of(text(entry, "secret"), expiry, credentialName);
        } catch (IllegalArgumentException unusable) {
            return null;
        }
        Instant refresh = instant(entry, "refresh_on");
        return refresh == null ? token : token.withRefreshOn(refresh);
    }

    static String text(JsonNode entry, String field) {
        return entry.path(field).asText("");
    }

    private static @Nullable Instant instant(JsonNode entry, String field) {
        try {
            long seconds = Long.parseLong(text(entry, field));
            return seconds <= 0 ? null : Instant.ofEpochSecond(seconds);
        } catch (NumberFormatException | DateTimeException malformed) {
            return null;
        }
    }

    /**
     * The cache as text.
     *
     * @return a JSON object
     */
    public String json() {
        return root.toString();
    }

    @Override
    public String toString() {
        return "CacheDocument[***]";
    }
}
