// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a chain behaves, apart from its links. */
final class ChainSettings {
    private final String name;
    private final Stickiness stickiness;
    private final @Nullable Duration overallTimeout;
    private final IdentityGuard guard;

    ChainSettings(String name, Stickiness stickiness, @Nullable Duration overallTimeout, IdentityGuard guard) {
        this.name = name;
        this.stickiness = stickiness;
        this.overallTimeout = overallTimeout;
        this.guard = guard;
    }

    String name() {
        return name;
    }

    Stickiness stickiness() {
        return stickiness;
    }

    /** The most time that one call may take; null for no limit but the links' own. */
    @Nullable
    Duration overallTimeout() {
        return overallTimeout;
    }

    IdentityGuard guard() {
        return guard;
    }
}
