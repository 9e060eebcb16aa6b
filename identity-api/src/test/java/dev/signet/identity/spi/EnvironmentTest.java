// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void get_blankValue_countsAsAbsent() {
        Environment environment = Environment.of(Map.of("A", "x", "B", " "), Map.of("os.name", "Linux", "b", ""));
        assertEquals(Optional.of("x"), environment.get("A"));
        assertEquals(Optional.empty(), environment.get("B"));
        assertEquals(Optional.empty(), environment.get("C"));
        assertTrue(environment.has("A"));
        assertFalse(environment.has("B"));
        assertFalse(environment.has("C"));
        assertEquals(Optional.of("Linux"), environment.property("os.name"));
        assertEquals(Optional.empty(), environment.property("b"));
        assertEquals(Map.of("A", "x", "B", " "), environment.variables());
    }

    @Test
    void of_mapsChangedLater_keepsItsCopy() {
        Map<String, String> variables = new HashMap<>(Map.of("A", "x"));
        Environment environment = Environment.of(variables);
        variables.put("A", "y");
        assertEquals(Optional.of("x"), environment.get("A"));
        assertThrows(
                UnsupportedOperationException.class,
                () -> environment.variables().put("A", "y"));
    }

    @Test
    void with_leavesTheOriginal() {
        Environment environment = Environment.of(Map.of(), Map.of("os.name", "Linux"));
        Environment changed = environment.with("A", "x");
        assertFalse(environment.has("A"));
        assertEquals(Optional.of("x"), changed.get("A"));
        assertEquals(Optional.of("Linux"), changed.property("os.name"));
        assertTrue(Environment.empty().variables().isEmpty());
    }

    @Test
    void toString_showsNamesOnly() {
        assertEquals(
                "Environment[AZURE_CLIENT_SECRET]",
                Environment.of(Map.of("AZURE_CLIENT_SECRET", "canary")).toString());
    }
}
