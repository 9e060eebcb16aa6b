// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.core.RetryPolicy;
import dev.signet.identity.core.StandardRetryPolicy;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderContext;

/** What a source is made of: the environment that it was detected in, the identity, and the credential's settings. */
final class SourceSetup {
    private static final int[] RETRYABLE = {408, 429, 500, 503, 504};

    private final SourceKind kind;
    private final Environment environment;
    private final SelectedIdentity identity;
    private final HostSettings settings;

    SourceSetup(SourceKind kind, Environment environment, SelectedIdentity identity, HostSettings settings) {
        this.kind = kind;
        this.environment = environment;
        this.identity = identity;
        this.settings = settings;
    }

    SourceKind kind() {
        return kind;
    }

    Environment environment() {
        return environment;
    }

    SelectedIdentity identity() {
        return identity;
    }

    HostSettings settings() {
        return settings;
    }

    ProviderContext context() {
        return settings.context();
    }

    /** Whether a chain waits for this source: then it must be quick to find out that IMDS is absent. */
    boolean hurried() {
        String selection = variable(Variables.AZURE_TOKEN_CREDENTIALS).strip();
        return settings.chained()
                && !selection.equalsIgnoreCase(Failures.CREDENTIAL)
                && !selection.equalsIgnoreCase("ManagedIdentity");
    }

    /** A variable's value; empty when it is absent. */
    String variable(String name) {
        return environment.get(name).orElse("");
    }

    /** A client for this source with the failures that all sources share. */
    SourceClient client() {
        return client(new Failures.Standard(kind));
    }

    SourceClient client(Failures failures) {
        return new SourceClient(kind, context(), settings.retryBudget(), failures);
    }

    /** Three retries, a second apart: endpoints on the host itself are back soon or not at all. */
    static RetryPolicy localRetries() {
        return StandardRetryPolicy.of(RETRYABLE, 1000, 1000, 1000);
    }
}
