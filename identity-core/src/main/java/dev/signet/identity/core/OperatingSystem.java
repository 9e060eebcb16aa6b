// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.spi.Environment;

/**
 * The systems that differ in where files are and how programs are started.
 *
 * @since 0.1.0
 */
public enum OperatingSystem {
    /** Linux. */
    LINUX,
    /** Windows. */
    WINDOWS,
    /** Any other, macOS among them; also one that is not named. */
    OTHER;

    /**
     * The system of an environment.
     *
     * @param environment has the property {@code os.name}
     * @return the system
     */
    public static OperatingSystem of(Environment environment) {
        String name = environment.property("os.name").orElse("");
        if (name.startsWith("Linux")) {
            return LINUX;
        }
        return name.startsWith("Windows") ? WINDOWS : OTHER;
    }
}
