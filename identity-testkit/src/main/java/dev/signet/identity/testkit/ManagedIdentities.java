// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The identities that a host has: at first its own and no other. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ManagedIdentities {
    private final ManagedIdentity system = ManagedIdentity.named("system-assigned");
    private final List<ManagedIdentity> userAssigned = new CopyOnWriteArrayList<>();
    private volatile boolean systemAssigned = true;

    ManagedIdentities() {}

    /**
     * Gives the host an identity of its own, or takes it away.
     *
     * @param present true at first
     * @return this
     */
    public ManagedIdentities systemAssigned(boolean present) {
        this.systemAssigned = present;
        return this;
    }

    /**
     * The host's own identity, whether or not it is switched on.
     *
     * @return always the same one
     */
    public ManagedIdentity systemAssigned() {
        return system;
    }

    /**
     * Assigns an identity.
     *
     * @param identity the identity
     * @return this
     */
    public ManagedIdentities add(ManagedIdentity identity) {
        userAssigned.add(identity);
        return this;
    }

    /** Goes back to the host's own identity and no other. */
    public void reset() {
        systemAssigned = true;
        userAssigned.clear();
    }

    /** The identity of a request without a selector: the host's own, else the only assigned one. */
    Optional<ManagedIdentity> standard() {
        if (systemAssigned) {
            return Optional.of(system);
        }
        return userAssigned.size() == 1 ? Optional.of(userAssigned.get(0)) : Optional.empty();
    }

    boolean ambiguous() {
        return !systemAssigned && userAssigned.size() > 1;
    }

    Optional<ManagedIdentity> find(Function<ManagedIdentity, String> name, String value) {
        for (ManagedIdentity identity : userAssigned) {
            if (name.apply(identity).equalsIgnoreCase(value)) {
                return Optional.of(identity);
            }
        }
        return systemAssigned && name.apply(system).equalsIgnoreCase(value) ? Optional.of(system) : Optional.empty();
    }
}
