// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntraRemediesTest {
    @ParameterizedTest
    @ValueSource(
            ints = {70021, 700211, 700024, 700016, 90002, 500011, 50001, 70011, 7000215, 7000222, 50076, 50079, 65001})
    void remedy_knownNumber_isASentence(int code) {
        assertTrue(EntraRemedies.remedy(List.of(code)).orElseThrow().endsWith("."));
    }

    @Test
    void remedy_firstThatHasOneCounts() {
        assertEquals(Optional.empty(), EntraRemedies.remedy(List.of()));
        assertEquals(Optional.empty(), EntraRemedies.remedy(List.of(1)));
        assertEquals(
                Optional.of("Check the tenant id and the authority host."),
                EntraRemedies.remedy(List.of(1, 90002, 65001)));
    }
}
