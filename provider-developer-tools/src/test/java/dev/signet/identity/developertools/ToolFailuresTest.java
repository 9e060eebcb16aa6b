// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolFailuresTest {
    /** No system here has exit codes as long as those of Windows. */
    @ParameterizedTest(name = "CLI-19 CLI-20 {0} {1}")
    @CsvSource({
        "9009, '', true",
        "9009, az wurde nicht gefunden, true",
        "127, az: not found, true",
        "127, other, false",
        "1, az: not found, false",
        "1, 'X ''az'' is not recognized as an internal or external command', true",
        "1, 'ERROR: ''x'' is misspelled or not recognized by the system.', false",
        "1, The term 'Get-AzAccessToken' is not recognized as a name of a cmdlet, false",
        "127, AADSTS500011: not found, false",
        "9009, AADSTS500011, false",
        "0, az: not found, false"
    })
    void isMissing_exitCodeAndText_areOfAProgramThatIsNotThere(int exitCode, String text, boolean expected) {
        assertEquals(expected, ToolFailures.isMissing(exitCode, text));
    }

    @ParameterizedTest
    @CsvSource({"PT10S, 10", "PT0.5S, 0.5", "PT0.123S, 0.123", "PT1M40S, 100", "PT0S, 0"})
    void seconds_ofDuration_areShort(Duration time, String expected) {
        assertEquals(expected, ToolFailures.seconds(time));
    }
}
