// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.spi.Environment;

/** The systems on which the Azure Arc agent runs. */
enum OperatingSystem {
    LINUX,
    WINDOWS,
    OTHER;

    static OperatingSystem of(Environment environment) {
        String name = environment.property("os.name").orElse("");
        if (name.startsWith("Linux")) {
            return LINUX;
        }
        return name.startsWith("Windows") ? WINDOWS : OTHER;
    }
}
