// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.spi.Environment;
import java.util.List;
import java.util.Map;

/** Chains of fakes, apart from the real environment. */
final class Chains {
    private Chains() {}

    /** Nothing found, nothing in the environment, a clock that stands still. */
    static DefaultAzureCredentialBuilder empty() {
        return empty(Map.of());
    }

    static DefaultAzureCredentialBuilder empty(Map<String, String> variables) {
        return DefaultAzureCredential.builder()
                .environment(Environment.of(variables))
                .clock(new TestClock())
                .classLoader(ServiceFiles.none());
    }

    static DefaultAzureCredentialBuilder with(Map<String, String> variables, List<FakeProvider> providers) {
        DefaultAzureCredentialBuilder builder = empty(variables).discovery(false);
        providers.forEach(builder::addProvider);
        return builder;
    }

    /** The names of the chain's links, without suffix. */
    static List<String> names(DefaultAzureCredential chain) {
        return chain.explain().links().stream()
                .filter(link -> link.selected() && link.installed())
                .map(link -> link.name().replace("Credential", ""))
                .toList();
    }

    static ChainedTokenCredential sticky(Stickiness stickiness, TokenCredential... credentials) {
        ChainedTokenCredential.Builder builder =
                ChainedTokenCredential.builder().stickiness(stickiness);
        for (int i = 0; i < credentials.length; i++) {
            builder.add("Link" + (i + 1), credentials[i], FallThrough.ON_UNAVAILABLE);
        }
        return builder.build();
    }
}
