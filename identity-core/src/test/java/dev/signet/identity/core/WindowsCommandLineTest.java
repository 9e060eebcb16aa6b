// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsCommandLineTest {
    @Test
    void of_program_isStartedDirectly() throws IOException {
        List<String> line = List.of("C:\\Program Files\\azd.exe", "auth", "a b", "100%");
        assertEquals(line, WindowsCommandLine.of("C:\\Windows", line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"az.cmd", "AZ.CMD", "az.bat"})
    void of_batchFile_goesThroughCmd(String name) throws IOException {
        assertEquals(
                List.of(
                        "C:\\Windows\\System32\\cmd.exe",
                        "/d",
                        "/s",
                        "/c",
                        "\"\"C:\\Program Files\\" + name + "\" account --resource https://vault.azure.net\""),
                WindowsCommandLine.of(
                        "C:\\Windows",
                        List.of("C:\\Program Files\\" + name, "account", "--resource", "https://vault.azure.net")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"My Sub", "a&b", "a|b", "a>b", "a<b", "a^b", "a(b)", "a;b", "a=b", "a,b", "it's", ""})
    void of_argumentWithMeaning_isQuoted(String argument) throws IOException {
        assertEquals(
                "\"C:\\az.cmd \"" + argument + "\"\"",
                WindowsCommandLine.of("C:\\Windows", List.of("C:\\az.cmd", argument))
                        .get(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "%PATH%", "a!b", "a\nb", "a\rb", "a\0b"})
    void of_whatCannotBeQuoted_isRefused(String text) {
        assertThrows(IOException.class, () -> WindowsCommandLine.of("C:\\Windows", List.of("C:\\az.cmd", text)));
        assertThrows(IOException.class, () -> WindowsCommandLine.of("C:\\Windows", List.of("C:\\" + text + ".cmd")));
    }
}
