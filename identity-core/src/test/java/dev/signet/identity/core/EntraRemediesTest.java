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
                70021, 700211, 700024, 700016, 90002, 500011, 50001, 70011, 7000215, 7000222, 50076, 50079, 65001,
                7000218, 50049, 50074, 50034, 50126, 50053, 50055, 50105, 50173, 700082, 70043, 70044, 70008, 54005,
                70019, 70020, 50011, 500112, 50148, 501481, 9002327, 53000, 53001, 53002, 53003, 53004, 530003, 65004
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
