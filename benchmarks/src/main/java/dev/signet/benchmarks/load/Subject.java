// SPDX-License-Identifier: MIT
package dev.signet.benchmarks.load;

/** A credential of either library, warm or cold. */
@FunctionalInterface
public interface Subject {
    /**
     * Gets a token on the calling thread.
     *
     * @return the token
     */
    String token();
}
