// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.core.StandardContext;
import dev.signet.identity.core.TenantPolicy;
import dev.signet.identity.spi.ProviderContext;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The settings that all tools have: in the builder, else in the context. */
final class ToolSettings {
    private final ToolSettingsBuilder builder;
    private final ProviderContext context;
    private final @Nullable Duration cacheFor;

    ToolSettings(ToolSettingsBuilder builder) {
        this.builder = new ToolSettingsBuilder(builder);
        this.context = builder.context == null ? StandardContext.create() : builder.context;
        this.cacheFor = cacheFor(builder, context);
    }

    ProviderContext context() {
        return context;
    }

    Duration timeout() {
        return builder.processTimeout == null ? context.processTimeout() : builder.processTimeout;
    }

    Programs programs() {
        return builder.programs == null ? Programs.of(context) : builder.programs;
    }

    /** How long tokens may be kept; null for not at all. */
    @Nullable
    Duration cacheFor() {
        return cacheFor;
    }

    TenantPolicy tenants(String credentialName, String otherwise, Logger log) {
        String tenant =
                builder.tenantId != null ? builder.tenantId : context.tenantId().orElse(otherwise);
        TenantPolicy policy = TenantPolicy.of(credentialName, tenant, context, log);
        return builder.additionallyAllowedTenants == null
                ? policy
                : policy.withAllowedTenants(builder.additionallyAllowedTenants);
    }

    private static @Nullable Duration cacheFor(ToolSettingsBuilder builder, ProviderContext context) {
        if (builder.cacheFor != null) {
            return builder.cacheFor;
        }
        String text = context.setting("cacheFor").orElse("");
        try {
            return text.isEmpty() ? null : ToolSettingsBuilder.positive("cacheFor", Duration.parse(text));
        } catch (DateTimeParseException malformed) {
            throw new IllegalArgumentException("cacheFor must be an ISO-8601 duration such as PT5M", malformed);
        }
    }
}
