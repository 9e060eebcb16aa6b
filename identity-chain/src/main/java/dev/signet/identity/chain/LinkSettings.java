// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.core.StandardContext;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.ProviderContext;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was set for one credential only. */
final class LinkSettings {
    final String name;

    @Nullable
    String tenantId;

    @Nullable
    String clientId;

    @Nullable
    FallThrough fallThrough;

    final Map<String, String> settings = new HashMap<>();

    /** Settings for the credential of a name, as the application wrote it. */
    LinkSettings(String name) {
        this.name = name;
    }

    /** The shared context with these settings on top. */
    ProviderContext applyTo(StandardContext shared) {
        StandardContext.Builder own = shared.toBuilder();
        if (tenantId != null) {
            own.tenantId(tenantId);
        }
        if (clientId != null) {
            own.clientId(clientId);
        }
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            own.setting(setting.getKey(), setting.getValue());
        }
        return own.build();
    }

    /** The policy that was set, else the category's. */
    static FallThrough policy(@Nullable LinkSettings own, Category category) {
        if (own != null && own.fallThrough != null) {
            return own.fallThrough;
        }
        return category == Category.DEVELOPER ? FallThrough.ON_ANY_FAILURE : FallThrough.ON_UNAVAILABLE;
    }
}
