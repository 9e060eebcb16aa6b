// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.spi.Readiness;
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
        List<KnownProvider> missing = discovery.missing();
        List<Candidate> plan = selection.plan(missing);
        int next = 0;
        for (Candidate candidate : plan) {
            Readiness readiness = candidate instanceof KnownProvider
                    ? null
                    : links.get(next++).explain();
            rows.add(LinkExplanation.of(candidate, true, reason(candidate), readiness));
        }
        for (Link added : links.subList(next, links.size())) {
            rows.add(LinkExplanation.added(added));
        }
        List<Candidate> others = new ArrayList<>(discovery.providers());
        others.addAll(missing);
        others.sort(Candidate::compare);
        others.removeAll(plan);
        for (Candidate candidate : others) {
            rows.add(LinkExplanation.of(candidate, false, reason(candidate), null));
        }
        return new ChainExplanation(selection.origin(), selection.excluded(), rows, discovery.problems());
    }

    private String reason(Candidate candidate) {
        Boolean switched = selection.switched(candidate);
        return switched == null ? selection.origin() : switched ? "included in code" : "excluded in code";
    }
}
