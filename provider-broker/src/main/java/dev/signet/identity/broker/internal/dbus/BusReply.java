// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.dbus;

import java.util.List;

/**
 * The answer to a call. {@link #toString()} leaves its texts out, since they may hold tokens.
 *
 * @param error the name of the D-Bus error; empty when the call succeeded
 * @param texts the strings of the answer; a boolean is {@code true} or {@code false}
 */
public record BusReply(String error, List<String> texts) {
    /**
     * Whether the method failed.
     *
     * @return true if there is an error name
     */
    public boolean isError() {
        return !error.isEmpty();
    }

    /**
     * The only text of the answer.
     *
     * @return empty if it has none or several
     */
    public String text() {
        return texts.size() == 1 ? texts.get(0) : "";
    }

    @Override
    public String toString() {
        return "BusReply[error=" + error + ", texts=" + texts.size() + "]";
    }
}
