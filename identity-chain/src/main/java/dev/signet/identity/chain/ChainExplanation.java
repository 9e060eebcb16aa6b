// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import java.util.List;

/**
 * What a chain would do, found out without a request, a process or a prompt. Immutable; {@link #toString()} has one
 * line per credential.
 *
 * @since 0.1.0
 */
public final class ChainExplanation {
    private final String selection;
    private final List<String> excluded;
    private final List<LinkExplanation> links;
    private final List<String> problems;

    ChainExplanation(String selection, List<String> excluded, List<LinkExplanation> links, List<String> problems) {
        this.selection = selection;
        this.excluded = List.copyOf(excluded);
        this.links = List.copyOf(links);
        this.problems = List.copyOf(problems);
    }

    /**
     * Where the selection came from.
     *
     * @return for example {@code AZURE_TOKEN_CREDENTIALS unset}
     */
    public String selection() {
        return selection;
    }

    /**
     * The credentials that were put out of the chain by name.
     *
     * @return their names
     */
    public List<String> excluded() {
        return excluded;
    }

    /**
     * Every known and every installed credential: those of the chain in its order, then the others.
     *
     * @return the explanations
     */
    public List<LinkExplanation> links() {
        return links;
    }

    /**
     * Providers that were found but could not be read.
     *
     * @return one line each
     */
    public List<String> problems() {
        return problems;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Selection: ").append(selection);
        for (LinkExplanation link : links) {
            text.append('\n').append(link);
        }
        for (String problem : problems) {
            text.append("\nNot loaded: ").append(problem);
        }
        return text.toString();
    }
}
