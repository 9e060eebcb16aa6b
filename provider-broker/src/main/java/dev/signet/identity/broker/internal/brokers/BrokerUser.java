// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

/**
 * Whose token is wanted. {@link #toString()} does not tell.
 *
 * @param homeAccountId the account; empty if it is not known
 * @param userName the name that the user signs in with; empty if it is not known
 */
public record BrokerUser(String homeAccountId, String userName) {
    /** Whoever is signed in to the machine. */
    public static final BrokerUser DEFAULT = new BrokerUser("", "");

    /** Whether it does not matter who. */
    boolean isDefault() {
        return homeAccountId.isEmpty() && userName.isEmpty();
    }

    @Override
    public String toString() {
        return isDefault() ? "BrokerUser[default]" : "BrokerUser[***]";
    }
}
