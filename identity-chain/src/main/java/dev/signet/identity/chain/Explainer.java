// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import java.util.ArrayList;
import java.util.List;

/** Explains a default chain. Loaded only when somebody asks. */
final class Explainer {
    private final Selection selection;
    private final ProviderDiscovery discovery;
    private final List<Link> links;

    Explainer(Selection selection, ProviderDiscovery discovery, List<Link> links) {
        this.selection = selection;
        this.discovery = discovery;
        this.links = links;
    }

    ChainExplanation explain() {
        List<LinkExplanation> rows = new ArrayList<>();
        List<InstalledProvider> selected = selection.selected();
        for (int i = 0; i < selected.size(); i++) {
            InstalledProvider provider = selected.get(i);
            rows.add(LinkExplanation.installed(
                    provider, true, reason(provider.name()), links.get(i).explain()));
        }
        for (KnownProvider known : KnownProvider.ALL) {
            if (discovery.discovered() && !discovery.isInstalled(known)) {
                boolean admitted = selection.admits(known.name(), known.category());
                rows.add(
                        position(rows, known, admitted),
                        LinkExplanation.missing(known, admitted, reason(known.name())));
            }
        }
        for (InstalledProvider provider : discovery.providers()) {
            if (!selected.contains(provider)) {
                rows.add(LinkExplanation.installed(provider, false, reason(provider.name()), null));
            }
        }
        return new ChainExplanation(selection.origin(), selection.excluded(), rows, discovery.problems());
    }

    private String reason(String name) {
        return selection.excluded().contains(name) ? "excluded in code" : selection.origin();
    }

    private static int position(List<LinkExplanation> rows, KnownProvider known, boolean admitted) {
        int at = rows.size();
        while (admitted && at > 0 && rows.get(at - 1).order() > known.order()) {
            at--;
        }
        return at;
    }
}
