// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.core.HttpCalls;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderContext;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an application set for a managed identity. Immutable. */
final class HostSettings {
    static final Duration DEFAULT_PROBE_TIMEOUT = Duration.ofSeconds(1);
    static final Duration DEFAULT_RETRY_BUDGET = HttpCalls.DEFAULT_BUDGET;

    private final ProviderContext context;
    private final @Nullable ManagedIdentityId id;
    private final boolean clientIdFromEnvironment;
    private final Duration probeTimeout;
    private final Duration retryBudget;
    private final List<String> clientCapabilities;
    private final boolean chained;

    HostSettings(ManagedIdentityCredential.Builder builder, ProviderContext context, @Nullable ManagedIdentityId id) {
        this.context = context;
        this.id = id;
        this.clientIdFromEnvironment = builder.clientIdFromEnvironment;
        this.probeTimeout = builder.probeTimeout;
        this.retryBudget = builder.retryBudget;
        this.clientCapabilities = builder.clientCapabilities;
        this.chained = false;
    }

    private HostSettings(HostSettings direct) {
        this.context = direct.context;
        this.id = direct.id;
        this.clientIdFromEnvironment = direct.clientIdFromEnvironment;
        this.probeTimeout = direct.probeTimeout;
        this.retryBudget = direct.retryBudget;
        this.clientCapabilities = direct.clientCapabilities;
        this.chained = true;
    }

    HostSettings inChain() {
        return new HostSettings(this);
    }

    ProviderContext context() {
        return context;
    }

    boolean chained() {
        return chained;
    }

    Duration probeTimeout() {
        return probeTimeout;
    }

    Duration retryBudget() {
        return retryBudget;
    }

    List<String> clientCapabilities() {
        return clientCapabilities;
    }

    /** The identity to use: the one set in code, else where asked for the one in {@code AZURE_CLIENT_ID}. */
    SelectedIdentity identity(Environment environment) {
        if (id != null) {
            return SelectedIdentity.inCode(id);
        }
        if (clientIdFromEnvironment && environment.has(Variables.AZURE_CLIENT_ID)) {
            return SelectedIdentity.clientIdFromEnvironment(
                    environment.get(Variables.AZURE_CLIENT_ID).orElseThrow());
        }
        return SelectedIdentity.NONE;
    }
}
