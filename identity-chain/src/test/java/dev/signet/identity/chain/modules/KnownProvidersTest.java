// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.chain.LinkExplanation;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The chain knows the metadata of our own providers without reading annotations; both must say the same. */
final class KnownProvidersTest {
    @Test
    void explain_ownProviders_agreesWithTheirAnnotations() {
        List<String> annotated = new ArrayList<>();
        ServiceLoader.load(CredentialProvider.class).stream()
                .map(provider -> provider.type().getAnnotation(ProviderInfo.class))
                .sorted(Comparator.comparingInt(ProviderInfo::order))
                .forEach(info -> annotated.add(
                        info.name() + " " + info.category() + " " + info.order() + " " + List.of(info.aliases())));
        List<String> used = new ArrayList<>();
        for (LinkExplanation link : DefaultAzureCredential.builder()
                .environment(Environment.empty())
                .build()
                .explain()
                .links()) {
            if (link.installed()) {
                used.add(link.name() + " " + link.category() + " " + link.order() + " []");
            }
        }
        used.sort(Comparator.comparingInt(line -> Integer.parseInt(line.split(" ")[2])));

        assertFalse(annotated.isEmpty());
        assertEquals(annotated, used);
    }
}
