// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.spi.ProviderContext;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the settings that the builders of all tools have. */
final class ToolSettingsBuilder {
    @Nullable
    String tenantId;

    @Nullable
    List<String> additionallyAllowedTenants;

    @Nullable
    Duration processTimeout;

    @Nullable
    Duration cacheFor;

    @Nullable
    ProviderContext context;

    @Nullable
    Programs programs;

    ToolSettingsBuilder() {}

    ToolSettingsBuilder(ToolSettingsBuilder other) {
        this.tenantId = other.tenantId;
        this.additionallyAllowedTenants = other.additionallyAllowedTenants;
        this.processTimeout = other.processTimeout;
        this.cacheFor = other.cacheFor;
        this.context = other.context;
        this.programs = other.programs;
    }

    /** The same time. */
    static Duration positive(String setting, Duration time) {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException(setting + " must be positive");
        }
        return time;
    }
}
