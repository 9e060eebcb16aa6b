// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import dev.signet.identity.core.JsonObject;
import dev.signet.identity.msal.internal.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who signed in: by it a later process finds the account in a persistent token cache and needs no new sign-in. It
 * holds no secret, but the user's name, which {@link #toString()} leaves out. Immutable.
 *
 * @since 0.1.0
 */
public final class AuthenticationRecord {
    private static final String VERSION = "1.0";

    private final String authority;
    private final String homeAccountId;
    private final String tenantId;
    private final String clientId;
    private final String userName;

    AuthenticationRecord(String authority, String homeAccountId, String tenantId, String clientId, String userName) {
        this.authority = authority;
        this.homeAccountId = homeAccountId;
        this.tenantId = tenantId;
        this.clientId = clientId;
        this.userName = userName;
    }

    /**
     * Reads a record, as any of the official libraries writes it.
     *
     * @param json a JSON object; members that are not known here do not matter
     * @return the record
     * @throws IllegalArgumentException if it is no record, lacks a member or has another version than 1.0
     */
    public static AuthenticationRecord fromJson(String json) {
        JsonObject members = JsonObject.parse(json.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalArgumentException(
                        "an authentication record must be a JSON object; write one with toJson() after a sign-in"));
        String version = members.scalar("version").orElse(VERSION);
        if (!version.equals(VERSION)) {
            throw new IllegalArgumentException("the authentication record has a version that is not known here;"
                    + " version " + VERSION + " is: sign in again to make one");
        }
        return new AuthenticationRecord(
                host(member(members, "authority")),
                member(members, "homeAccountId"),
                member(members, "tenantId"),
                member(members, "clientId"),
                member(members, "username"));
    }

    private static String member(JsonObject members, String name) {
        String value = members.string(name).orElse("").strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException(
                    "the authentication record lacks " + name + ": sign in again to make a complete one");
        }
        return value;
    }

    /** Some libraries write the host, others an address. */
    private static String host(String authority) {
        int scheme = authority.indexOf("://");
        String rest = scheme < 0 ? authority : authority.substring(scheme + 3);
        int slash = rest.indexOf('/');
        return slash < 0 ? rest : rest.substring(0, slash);
    }

    /**
     * The record as text, for a file; it is private to the user, but holds no secret.
     *
     * @return a JSON object
     */
    public String toJson() {
        return RecordJson.object(
                "authority",
                authority,
                "clientId",
                clientId,
                "homeAccountId",
                homeAccountId,
                "tenantId",
                tenantId,
                "username",
                userName,
                "version",
                VERSION);
    }

    /**
     * The sign-in host.
     *
     * @return a host name, with a port where that is not the usual one
     */
    public String authority() {
        return authority;
    }

    /**
     * The account, whatever tenant it visits.
     *
     * @return object id and tenant id of its home, with a dot between
     */
    public String homeAccountId() {
        return homeAccountId;
    }

    /**
     * The tenant that the user signed in to.
     *
     * @return tenant id
     */
    public String tenantId() {
        return tenantId;
    }

    /**
     * The application that the user signed in to.
     *
     * @return client id
     */
    public String clientId() {
        return clientId;
    }

    /**
     * The name that the user signs in with.
     *
     * @return for example {@code user@contoso.com}
     */
    public String userName() {
        return userName;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AuthenticationRecord that
                && authority.equals(that.authority)
                && homeAccountId.equals(that.homeAccountId)
                && tenantId.equals(that.tenantId)
                && clientId.equals(that.clientId)
                && userName.equals(that.userName);
    }

    @Override
    public int hashCode() {
        return Objects.hash(authority, homeAccountId, tenantId, clientId, userName);
    }

    @Override
    public String toString() {
        return "AuthenticationRecord[authority=" + authority + ", tenantId=" + tenantId + ", clientId=" + clientId
                + "]";
    }
}
