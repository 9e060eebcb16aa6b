// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import java.util.Objects;

/**
 * What a credential can say of its chances without asking anybody.
 *
 * @param status whether it would try
 * @param detail why, or with what; half a sentence without secrets
 * @param remedy what to do; empty when there is nothing to do
 * @since 0.1.0
 */
public record Readiness(Status status, String detail, String remedy) {
    /** Whether a credential would try. */
    public enum Status {
        /** All that can be known without I/O is there. */
        CONFIGURED,
        /** A setting is missing. */
        NOT_CONFIGURED,
        /** A setting is wrong. */
        MISCONFIGURED,
        /** Its module is not installed. */
        NOT_INSTALLED,
        /** Only a try will tell. */
        UNKNOWN
    }

    /**
     * Checks that nothing is null.
     *
     * @param status whether it would try
     * @param detail why, or with what
     * @param remedy what to do
     */
    public Readiness {
        Objects.requireNonNull(status);
        Objects.requireNonNull(detail);
        Objects.requireNonNull(remedy);
    }
}
