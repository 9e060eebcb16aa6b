// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

/** An account of the Windows runtime; it holds native memory until it is closed. */
interface WamAccount extends AutoCloseable {
    /** Entra's {@code client_info} of the account, or an empty text. */
    String clientInfo();

    @Override
    void close();
}
