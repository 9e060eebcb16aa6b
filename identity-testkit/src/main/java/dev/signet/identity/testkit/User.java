// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user of a tenant. Immutable; {@link #toString()} shows no password.
 *
 * @since 0.1.0
 */
public final class User {
    private final String objectId;
    private final String userName;
    private final String tenantId;
    private final @Nullable Secret password;

    private User(String objectId, String userName, String tenantId, @Nullable Secret password) {
        this.objectId = objectId;
        this.userName = userName;
        this.tenantId = tenantId;
        this.password = password;
    }

    /**
     * A user of {@link EmbeddedAuthority#DEFAULT_TENANT} without a password, with an object id made from the name.
     *
     * @param userName the sign-in name, for example {@code alice@contoso.example}
     * @return the user
     */
    public static User named(String userName) {
        byte[] name = ("user:" + userName).getBytes(StandardCharsets.UTF_8);
        return new User(UUID.nameUUIDFromBytes(name).toString(), userName, EmbeddedAuthority.DEFAULT_TENANT, null);
    }

    /**
     * The same user in another tenant.
     *
     * @param tenantId its id
     * @return a new user
     */
    public User inTenant(String tenantId) {
        return new User(objectId, userName, Objects.requireNonNull(tenantId), password);
    }

    /**
     * The same user with a password.
     *
     * @param password what the user signs in with
     * @return a new user
     */
    public User withPassword(String password) {
        return new User(objectId, userName, tenantId, Secret.of(password));
    }

    /**
     * The object id.
     *
     * @return a UUID
     */
    public String objectId() {
        return objectId;
    }

    /**
     * The sign-in name.
     *
     * @return as given
     */
    public String userName() {
        return userName;
    }

    /**
     * The tenant that the user belongs to.
     *
     * @return tenant id
     */
    public String tenantId() {
        return tenantId;
    }

    /**
     * The password.
     *
     * @return empty unless given
     */
    public Optional<Secret> password() {
        return Optional.ofNullable(password);
    }

    @Override
    public String toString() {
        return "User[" + userName + " in " + tenantId + "]";
    }
}
