// SPDX-License-Identifier: MIT
package dev.signet.identity;

/**
 * Which managed identity of a host is meant: its own, or one assigned by a user and named in one of three ways.
 *
 * @since 0.1.0
 */
public sealed interface ManagedIdentityId {
    /**
     * The identity that the host itself has.
     *
     * @return the system-assigned identity
     */
    static ManagedIdentityId systemAssigned() {
        return SystemAssigned.INSTANCE;
    }

    /**
     * A user-assigned identity by its client (application) id.
     *
     * @param value the id
     * @return the identity
     * @throws IllegalArgumentException if the id is blank
     */
    static ManagedIdentityId clientId(String value) {
        return new ClientId(value);
    }

    /**
     * A user-assigned identity by its object (principal) id.
     *
     * @param value the id
     * @return the identity
     * @throws IllegalArgumentException if the id is blank
     */
    static ManagedIdentityId objectId(String value) {
        return new ObjectId(value);
    }

    /**
     * A user-assigned identity by its Azure resource id, which starts with {@code /subscriptions/}.
     *
     * @param value the id
     * @return the identity
     * @throws IllegalArgumentException if the id is blank
     */
    static ManagedIdentityId resourceId(String value) {
        return new ResourceId(value);
    }

    /** The identity that the host itself has. */
    enum SystemAssigned implements ManagedIdentityId {
        /** The only value. */
        INSTANCE
    }

    /**
     * A user-assigned identity by its client id.
     *
     * @param value the id
     */
    record ClientId(String value) implements ManagedIdentityId {
        /**
         * Checks the id.
         *
         * @param value the id
         */
        public ClientId {
            requireId("clientId", value);
        }
    }

    /**
     * A user-assigned identity by its object id.
     *
     * @param value the id
     */
    record ObjectId(String value) implements ManagedIdentityId {
        /**
         * Checks the id.
         *
         * @param value the id
         */
        public ObjectId {
            requireId("objectId", value);
        }
    }

    /**
     * A user-assigned identity by its Azure resource id.
     *
     * @param value the id
     */
    record ResourceId(String value) implements ManagedIdentityId {
        /**
         * Checks the id.
         *
         * @param value the id
         */
        public ResourceId {
            requireId("resourceId", value);
        }
    }

    private static void requireId(String setting, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("managed identity " + setting
                    + " must not be blank; leave it out for the system-assigned identity");
        }
    }
}
