// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A managed identity by its three names.
 *
 * @param clientId client (application) id
 * @param objectId object (principal) id
 * @param resourceId Azure resource id
 * @since 0.1.0
 */
public record ManagedIdentity(String clientId, String objectId, String resourceId) {
    /**
     * An identity whose ids are made from a name, always the same ones.
     *
     * @param name the last part of its resource id
     * @return the identity
     */
    public static ManagedIdentity named(String name) {
        return new ManagedIdentity(
                uuid("client:" + name),
                uuid("object:" + name),
                "/subscriptions/" + uuid("subscription") + "/resourceGroups/embedded-cloud/providers/"
                        + "Microsoft.ManagedIdentity/userAssignedIdentities/" + name);
    }

    private static String uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
