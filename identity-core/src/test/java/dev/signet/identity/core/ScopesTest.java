// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.TokenRequestContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopesTest {
    @ParameterizedTest(name = "row {0}")
    @CsvSource({
        "C1, https://vault.azure.net/.default, https://vault.azure.net",
        "C2, https://x//.default, https://x/",
        "C3, https://x, https://x",
        "C4, api://abc/.default, api://abc",
        "C5, https://x/.default/y, https://x/.default/y",
        "C6, .default, .default",
    })
    void resource_dropsOneSuffix(String row, String scope, String resource) {
        assertEquals(resource, Scopes.resource("Test", TokenRequestContext.of(scope)), row);
    }

    @Test
    void resource_rowC7_noScope_isRefusedBeforeItGetsHere() {
        assertThrows(IllegalArgumentException.class, () -> TokenRequestContext.of(List.of()));
        assertThrows(IllegalArgumentException.class, () -> TokenRequestContext.of(" "));
    }

    @Test
    void resource_rowC8_several_areRefused() {
        assertEquals(
                "Test: scopes must name exactly one resource, such as https://vault.azure.net/.default; ask for the"
                        + " others in requests of their own",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Scopes.resource("Test", TokenRequestContext.of("a", "b")))
                        .getMessage());
    }

    @Test
    void resource_suffixOnly_isRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> Scopes.resource("Test", TokenRequestContext.of("/.default")));
    }
}
