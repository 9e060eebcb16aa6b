// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which credentials an application wants in its chain, as it said so. */
final class SelectionSettings {
    static final String DEFAULT_VARIABLE = "AZURE_TOKEN_CREDENTIALS";

    private String variable = DEFAULT_VARIABLE;
    private boolean variableRequired;
    private @Nullable List<String> sources;
    private final Map<String, Boolean> switches = new LinkedHashMap<>();

    SelectionSettings() {}

    SelectionSettings(SelectionSettings other) {
        this.variable = other.variable;
        this.variableRequired = other.variableRequired;
        this.sources = other.sources;
        this.switches.putAll(other.switches);
    }

    void variable(String name) {
        boolean valid = !name.isEmpty();
        for (int i = 0; i < name.length() && valid; i++) {
            char c = name.charAt(i);
            valid = c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "tokenCredentialsVariable must consist of letters, digits and underscores");
        }
        this.variable = name;
    }

    void requireVariable() {
        this.variableRequired = true;
    }

    void sources(List<String> names) {
        this.sources = new ArrayList<>(names);
    }

    /** Puts a credential in (true) or out (false), whatever else is selected. */
    void turn(String name, boolean in) {
        String key = ProviderNames.key(name);
        for (String earlier : List.copyOf(switches.keySet())) {
            if (ProviderNames.key(earlier).equals(key)) {
                switches.remove(earlier); // the last word on a credential counts, however it is spelled
            }
        }
        switches.put(name, in);
    }

    String variable() {
        return variable;
    }

    boolean variableRequired() {
        return variableRequired;
    }

    @Nullable
    List<String> sources() {
        return sources;
    }

    Map<String, Boolean> switches() {
        return switches;
    }
}
