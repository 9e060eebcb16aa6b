// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import dev.signet.identity.msal.UserToken;
import dev.signet.identity.spi.Readiness;
import java.util.Optional;

/**
 * What keeps the accounts of a machine's user and gives tokens of them. Nothing is loaded or connected to before the
 * first call. Every method but {@link #explain()} throws {@link dev.signet.identity.ClientAuthenticationException}, and
 * {@link dev.signet.identity.CredentialUnavailableException} where there is no broker. Thread-safe.
 */
public interface Broker {
    /**
     * Gets a token without asking the user.
     *
     * @param request for whom and for what
     * @return the token
     */
    UserToken silent(BrokerRequest request);

    /**
     * Has the broker ask the user, on the calling thread.
     *
     * @param request for whom and for what
     * @return the token
     */
    UserToken interactive(BrokerRequest request);

    /**
     * The broker's version.
     *
     * @return empty where brokers have none
     */
    Optional<String> version();

    /**
     * Whether there can be a broker, from what is known without asking it.
     *
     * @return its readiness
     */
    Readiness explain();
}
