// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.Readiness;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a chain knows of one credential without trying it: where it comes from, whether it takes part and why, and
 * whether it would try. Immutable.
 *
 * @since 0.1.0
 */
public final class LinkExplanation {
    private final String name;
    private final Category category;
    private final int order;
    private final boolean installed;
    private final @Nullable InstalledProvider provider;
    private final @Nullable String artifact;
    private final boolean selected;
    private final String selectedBy;
    private final @Nullable Readiness readiness;

    private LinkExplanation(Candidate candidate, boolean selected, String selectedBy, @Nullable Readiness readiness) {
        this.name = candidate.name();
        this.category = candidate.category();
        this.order = candidate.order();
        this.installed = candidate instanceof InstalledProvider;
        this.provider = candidate instanceof InstalledProvider found ? found : null;
        this.artifact = candidate instanceof KnownProvider known ? known.artifact() : null;
        this.selected = selected;
        this.selectedBy = selectedBy;
        this.readiness = artifact == null
                ? readiness
                : new Readiness(Readiness.Status.NOT_INSTALLED, "not installed", "Add " + artifact + ".");
    }

    private LinkExplanation(Link added) {
        this.name = added.name();
        this.category = Category.DEPLOYED;
        this.order = Integer.MAX_VALUE;
        this.installed = true;
        this.provider = null;
        this.artifact = null;
        this.selected = true;
        this.selectedBy = "added in code";
        this.readiness = added.explain();
    }

    /** One that was found or is known; the readiness of a known one says that it is not installed. */
    static LinkExplanation of(Candidate candidate, boolean selected, String selectedBy, @Nullable Readiness readiness) {
        return new LinkExplanation(candidate, selected, selectedBy, readiness);
    }

    /** A credential that the application added behind all others. */
    static LinkExplanation added(Link link) {
        return new LinkExplanation(link);
    }

    /**
     * The name of the credential.
     *
     * @return for example {@code AzureCliCredential}
     */
    public String name() {
        return name;
    }

    /**
     * Where the credential is at home.
     *
     * @return its category
     */
    public Category category() {
        return category;
    }

    /**
     * Its priority: lower is tried earlier.
     *
     * @return the order; {@link Integer#MAX_VALUE} for one that was added in code
     */
    public int order() {
        return order;
    }

    /**
     * Whether its module is there.
     *
     * @return false for a known credential whose artifact is missing
     */
    public boolean installed() {
        return installed;
    }

    /**
     * Whether it takes part in the chain, or would if it were installed.
     *
     * @return the selection's verdict
     */
    public boolean selected() {
        return selected;
    }

    /**
     * The setting that decided.
     *
     * @return for example {@code AZURE_TOKEN_CREDENTIALS=dev}
     */
    public String selectedBy() {
        return selectedBy;
    }

    /**
     * The module that provides it.
     *
     * @return its name, or {@code class path}; empty when not installed or added in code
     */
    public Optional<String> module() {
        return provider == null ? Optional.empty() : Optional.of(provider.module());
    }

    /**
     * The version of the module that provides it.
     *
     * @return empty when not installed or not known
     */
    public Optional<String> version() {
        return provider == null ? Optional.empty() : provider.version();
    }

    /**
     * The Maven coordinates that would add it.
     *
     * @return group and artifact; empty when installed
     */
    public Optional<String> artifact() {
        return Optional.ofNullable(artifact);
    }

    /**
     * Whether it would try. Credentials that are not selected are not made, so nothing is known of them.
     *
     * @return empty when installed and not selected
     */
    public Optional<Readiness> readiness() {
        return Optional.ofNullable(readiness);
    }

    @Override
    public String toString() {
        return name + " " + (selected ? "selected" : "not selected") + " (" + selectedBy + ")"
                + (readiness == null ? "" : ", " + readiness.status() + ": " + readiness.detail());
    }
}
