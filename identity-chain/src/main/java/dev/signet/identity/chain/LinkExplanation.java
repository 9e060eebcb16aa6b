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
    private final @Nullable InstalledProvider provider;
    private final @Nullable String artifact;
    private final boolean selected;
    private final String selectedBy;
    private final @Nullable Readiness readiness;

    private LinkExplanation(
            InstalledProvider provider, boolean selected, String selectedBy, @Nullable Readiness readiness) {
        this.name = provider.name();
        this.category = provider.category();
        this.order = provider.order();
        this.provider = provider;
        this.artifact = null;
        this.selected = selected;
        this.selectedBy = selectedBy;
        this.readiness = readiness;
    }

    private LinkExplanation(KnownProvider known, boolean selected, String selectedBy) {
        this.name = known.name();
        this.category = known.category();
        this.order = known.order();
        this.provider = null;
        this.artifact = known.artifact();
        this.selected = selected;
        this.selectedBy = selectedBy;
        this.readiness =
                new Readiness(Readiness.Status.NOT_INSTALLED, "not installed", "Add " + known.artifact() + ".");
    }

    static LinkExplanation installed(
            InstalledProvider provider, boolean selected, String selectedBy, @Nullable Readiness readiness) {
        return new LinkExplanation(provider, selected, selectedBy, readiness);
    }

    static LinkExplanation missing(KnownProvider known, boolean selected, String selectedBy) {
        return new LinkExplanation(known, selected, selectedBy);
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
     * @return the order
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
        return provider != null;
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
     * @return its name, or {@code class path}; empty when not installed
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
