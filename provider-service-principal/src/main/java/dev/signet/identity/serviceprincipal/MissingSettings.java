// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what a builder lacks, so that one failure names it all. */
final class MissingSettings {
    private final String credentialName;
    private final @Nullable String variablePrefix;
    private final List<String> settings = new ArrayList<>();
    private final List<String> variables = new ArrayList<>();

    /** Names variables only if the builder reads them. */
    MissingSettings(String credentialName, @Nullable String variablePrefix) {
        this.credentialName = credentialName;
        this.variablePrefix = variablePrefix;
    }

    /** Notes a setting that is absent; a blank text counts as absent. */
    void require(String setting, String variable, @Nullable Object value) {
        if (value == null || value instanceof String text && text.isBlank()) {
            add(setting, variablePrefix + variable);
        }
    }

    /** Notes a setting whose variable is named otherwise. */
    void add(String setting, String variable) {
        settings.add(setting);
        variables.add(variablePrefix == null ? setting : variable);
    }

    /** The variables that are not set; the names of settings where no variables are read. */
    List<String> names() {
        return List.copyOf(variables);
    }

    /**
     * Ends the building when anything is missing.
     *
     * @throws IllegalArgumentException with all names
     */
    void throwIfAny() {
        if (settings.isEmpty()) {
            return;
        }
        String where = variablePrefix == null ? "" : " or in " + String.join(", ", variables);
        throw new IllegalArgumentException(
                credentialName + ": " + String.join(", ", settings) + " must be set in the builder" + where);
    }
}
