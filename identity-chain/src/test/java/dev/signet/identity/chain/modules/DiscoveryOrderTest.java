// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.chain.ChainExplanation;
import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.chain.LinkExplanation;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.Environment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Class path and module path find the same providers in the same order. The build runs this twice and says by a system
 * property in which of the two worlds.
 */
final class DiscoveryOrderTest {
    @Test
    void world_asTheBuildSays_isTheRealOne() {
        assertEquals(onModulePath(), DefaultAzureCredential.class.getModule().isNamed());
        assertEquals(onModulePath(), CredentialProvider.class.getModule().isNamed());
    }

    @ParameterizedTest
    @CsvSource({"default, ''", "prod, prod"})
    void order_ofInstalledProviders_isTheGoldenOne(String golden, String selection) throws IOException {
        List<String> lines = new ArrayList<>();
        for (LinkExplanation link : explain(selection).links()) {
            lines.add(String.join(
                    " ",
                    Integer.toString(link.order()),
                    link.name(),
                    link.category().toString(),
                    link.installed() ? "installed" : "missing",
                    link.selected() ? "selected" : "not-selected"));
        }
        String expected = ProjectFiles.read("identity-chain/src/test/resources/order/" + golden + ".txt");
        assertEquals(expected.strip(), String.join("\n", lines));
    }

    @Test
    void order_readTwice_isTheSame() {
        assertEquals(explain("").toString(), explain("").toString());
    }

    @Test
    void providers_found_areTheFamilies() {
        int found = 0;
        for (LinkExplanation link : explain("").links()) {
            found += link.installed() ? 1 : 0;
        }
        assertTrue(found >= 2 * ReachableModule.FAMILIES.size(), found + " providers");
        assertTrue(explain("").problems().isEmpty());
    }

    @Test
    void providers_modules_areNamedOnTheModulePath() {
        for (ReachableModule family : ReachableModule.FAMILIES) {
            assertEquals(onModulePath(), family.known().getModule().isNamed(), family.folder());
        }
        List<String> modules = new ArrayList<>();
        ServiceLoader.load(CredentialProvider.class).stream()
                .filter(provider -> provider.type().getModule().isNamed())
                .forEach(provider -> modules.add(provider.type().getModule().getName()));
        assertEquals(!onModulePath(), modules.isEmpty(), modules.toString());
        assertFalse(modules.contains(DefaultAzureCredential.class.getModule().getName()));
    }

    private static boolean onModulePath() {
        String world = System.getProperty("signet.test.path");
        assertTrue("module".equals(world) || "class".equals(world), "signet.test.path is " + world);
        return world.equals("module");
    }

    private static ChainExplanation explain(String selection) {
        return DefaultAzureCredential.builder()
                .environment(Environment.of(Map.of("AZURE_TOKEN_CREDENTIALS", selection)))
                .build()
                .explain();
    }
}
