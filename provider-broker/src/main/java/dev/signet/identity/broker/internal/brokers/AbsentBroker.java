// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.msal.UserToken;
import dev.signet.identity.spi.Readiness;
import java.util.Optional;

/** Stands where the operating system has no broker that Java can talk to. */
final class AbsentBroker implements Broker {
    private final BrokerFailures failures;
    private final String reason;

    AbsentBroker(String credentialName, String reason) {
        this.failures = new BrokerFailures(credentialName, "");
        this.reason = reason;
    }

    @Override
    public UserToken silent(BrokerRequest request) {
        throw absent();
    }

    @Override
    public UserToken interactive(BrokerRequest request) {
        throw absent();
    }

    @Override
    public Optional<String> version() {
        return Optional.empty();
    }

    @Override
    public Readiness explain() {
        return new Readiness(
                Readiness.Status.NOT_CONFIGURED,
                reason,
                absent().details().remedy().orElse(""));
    }

    private CredentialUnavailableException absent() {
        return failures.absent(UnavailableReason.NOT_SUPPORTED, reason);
    }
}
