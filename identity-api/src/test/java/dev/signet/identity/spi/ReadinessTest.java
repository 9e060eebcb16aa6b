// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ReadinessTest {
    @Test
    void readiness_nullPart_isRefused() {
        assertThrows(NullPointerException.class, () -> new Readiness(null, "", ""));
        assertThrows(NullPointerException.class, () -> new Readiness(Readiness.Status.UNKNOWN, null, ""));
        assertThrows(NullPointerException.class, () -> new Readiness(Readiness.Status.UNKNOWN, "", null));
        assertEquals("x", new Readiness(Readiness.Status.UNKNOWN, "x", "").detail());
    }
}
