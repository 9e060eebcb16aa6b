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
            ints = {
                70021, 700211, 700212, 700213, 700021, 7002137, 7002138, 700024, 700023, 700027, 700016, 7000112,
                7000114, 7000215, 7000216, 7000218, 7000222, 90002, 900023, 500011, 50001, 70011, 28000, 28002, 1002012,
                50013, 500133, 500131, 50105, 501051, 50074, 50076, 50079, 53000, 53001, 53002, 53003, 53004, 530003,
                50173, 70008, 700082, 70043, 70044, 50196, 65001
            })
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
