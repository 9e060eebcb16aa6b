// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

/**
 * A credential that can say what it would do. Without it a chain reports {@link Readiness.Status#UNKNOWN}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Explainable {
    /**
     * Says what the credential would do, without a network request, process or prompt.
     *
     * @return its readiness
     */
    Readiness explain();
}
