// SPDX-License-Identifier: MIT
package dev.signet.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Numbers by the name of what was measured, in the order in which they came. */
final class Results<T> {
    private final Map<String, T> values = new LinkedHashMap<>();

    void put(String name, T value) {
        values.put(name, value);
    }

    Set<String> names() {
        return values.keySet();
    }

    /** The number, which must be there. */
    T get(String name) {
        T value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("not measured: " + name + "; measured: " + values.keySet());
        }
        return value;
    }
}
