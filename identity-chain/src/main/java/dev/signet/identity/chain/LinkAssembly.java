// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.core.StandardContext;
import dev.signet.identity.spi.Category;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;

/** Makes the links of a chain. A credential that cannot be made becomes a link that says why. */
final class LinkAssembly {
    private final StandardContext shared;
    private final Collection<LinkSettings> settings;

    LinkAssembly(StandardContext shared, Collection<LinkSettings> settings) {
        this.shared = shared;
        this.settings = settings;
    }

    List<Link> links(List<InstalledProvider> selected, Map<String, TokenCredential> added) {
        List<Link> made = new ArrayList<>();
        for (InstalledProvider provider : selected) {
            made.add(link(provider));
        }
        for (Map.Entry<String, TokenCredential> entry : added.entrySet()) {
            made.add(Link.of(
                    entry.getKey(), LinkSettings.policy(ownOf(entry.getKey()), Category.DEPLOYED), entry.getValue()));
        }
        if (made.size() > 1) {
            for (int i = 0; i < made.size(); i++) {
                made.set(i, made.get(i).asChainMember());
            }
        }
        return List.copyOf(made);
    }

    private Link link(InstalledProvider provider) {
        LinkSettings own = ownOf(provider);
        FallThrough policy = LinkSettings.policy(own, provider.category());
        try {
            TokenCredential credential = provider.create(own == null ? shared : own.applyTo(shared));
            return credential == null
                    ? Link.placeholder(provider.name(), policy, ChainFailures.nothing(provider.name()))
                    : Link.of(provider.name(), policy, credential);
        } catch (RuntimeException | LinkageError | ServiceConfigurationError failure) {
            return Link.placeholder(provider.name(), policy, LinkFailures.of(provider.name(), failure));
        }
    }

    private @Nullable LinkSettings ownOf(InstalledProvider provider) {
        for (LinkSettings own : settings) {
            if (provider.isNamed(own.name)) {
                return own;
            }
        }
        return null;
    }

    private @Nullable LinkSettings ownOf(String name) {
        String key = ProviderNames.key(name);
        for (LinkSettings own : settings) {
            if (ProviderNames.key(own.name).equals(key)) {
                return own;
            }
        }
        return null;
    }
}
