// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The users of all tenants. Thread-safe. */
final class Users {
    private final List<User> all = new CopyOnWriteArrayList<>();

    /** Adds a user; one with the same object id in the same tenant is replaced. */
    void add(User user) {
        all.removeIf(other -> is(other, user.tenantId(), user.objectId()));
        all.add(user);
    }

    Optional<User> find(String tenantId, String objectId) {
        return all.stream().filter(user -> is(user, tenantId, objectId)).findFirst();
    }

    private static boolean is(User user, String tenantId, String objectId) {
        return user.tenantId().equalsIgnoreCase(tenantId) && user.objectId().equalsIgnoreCase(objectId);
    }
}
