// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
                28000, 28002, 50001, 50011, 50013, 50034, 50049, 50053, 50055, 50074, 50076, 50079, 50105, 50126, 50148,
                50173, 50196, 53000, 53001, 53002, 53003, 53004, 54005, 65001, 65004, 70008, 70011, 70019, 70020, 70021,
                70043, 70044, 90002, 500011, 500112, 500131, 500133, 501051, 501481, 530003, 700016, 700021, 700023,
                700024, 700027, 700082, 700211, 700212, 700213, 900023, 1002012, 7000112, 7000114, 7000215, 7000216,
                7000218, 7000222, 7002137, 7002138, 9002327
            })
    void remedy_knownNumber_isASentence(int code) {
        assertTrue(EntraRemedies.remedy(List.of(code)).orElseThrow().endsWith("."));
    }

    @Test
    void isSignInRequired_anyNumberThatAsksForIt_isEnough() {
        assertTrue(EntraRemedies.isSignInRequired(List.of(1, 50076)));
        assertFalse(EntraRemedies.isSignInRequired(List.of(500011)));
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
