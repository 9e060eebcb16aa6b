// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An immutable view of environment variables and the few system properties that matter. {@link #toString()} shows
 * names only.
 *
 * @since 0.1.0
 */
public final class Environment {
    private static final Environment EMPTY = new Environment(Map.of(), Map.of());

    private final Map<String, String> variables;
    private final Map<String, String> properties;

    private Environment(Map<String, String> variables, Map<String, String> properties) {
        this.variables = variables;
        this.properties = properties;
    }

    /**
     * An environment without variables.
     *
     * @return the empty environment
     */
    public static Environment empty() {
        return EMPTY;
    }

    /**
     * An environment of these variables and no system properties.
     *
     * @param variables names and values
     * @return an environment with a copy of them
     */
    public static Environment of(Map<String, String> variables) {
        return of(variables, Map.of());
    }

    /**
     * An environment of these variables and system properties, such as {@code os.name}.
     *
     * @param variables names and values
     * @param properties names and values
     * @return an environment with a copy of both
     */
    public static Environment of(Map<String, String> variables, Map<String, String> properties) {
        return new Environment(new HashMap<>(variables), new HashMap<>(properties));
    }

    /**
     * The value of a variable. A blank one counts as absent.
     *
     * @param name the variable
     * @return its value, as it stands
     */
    public Optional<String> get(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value);
    }

    /**
     * Whether a variable is there and not blank.
     *
     * @param name the variable
     * @return true if {@link #get} has a value
     */
    public boolean has(String name) {
        String value = variables.get(name);
        return value != null && !value.isBlank();
    }

    /**
     * The value of a system property. A blank one counts as absent.
     *
     * @param name for example {@code os.name}, {@code user.home}
     * @return its value
     */
    public Optional<String> property(String name) {
        String value = properties.get(name);
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value);
    }

    /**
     * All variables, blank ones included.
     *
     * @return an unmodifiable view
     */
    public Map<String, String> variables() {
        return Collections.unmodifiableMap(variables);
    }

    /**
     * The same environment with one variable set.
     *
     * @param name the variable
     * @param value its value
     * @return a new environment
     */
    public Environment with(String name, String value) {
        Map<String, String> copy = new HashMap<>(variables);
        copy.put(name, value);
        return new Environment(copy, properties);
    }

    @Override
    public String toString() {
        return "Environment" + variables.keySet();
    }
}
