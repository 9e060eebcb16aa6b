// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.identity.interactive.InteractiveBrowserCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderInfo;
import dev.signet.identity.testkit.TestContext;
import dev.signet.identity.testkit.junit.CredentialProviderContract;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class InteractiveBrowserCredentialProviderTest implements CredentialProviderContract {
    @Override
    public CredentialProvider provider() {
        return new InteractiveBrowserCredentialProvider();
    }

    @Override
    public TestContext context() {
        return new TestContext().environment(Map.of("AZURE_TENANT_ID", "tenant.example"));
    }

    @Test
    void providerInfo_isAsDocumented() {
        ProviderInfo info = InteractiveBrowserCredentialProvider.class.getAnnotation(ProviderInfo.class);

        assertEquals("InteractiveBrowserCredential", info.name());
        assertEquals(Category.INTERACTIVE, info.category());
        assertEquals(900, info.order());
        assertEquals(
                InteractiveBrowserCredential.class, provider().create(context()).getClass());
    }

    @Test
    void serviceLoader_findsAllProviders() {
        getClass().getModule().addUses(CredentialProvider.class);
        TreeSet<String> found = new TreeSet<>();
        ServiceLoader.load(CredentialProvider.class, getClass().getClassLoader()).stream()
                .map(provider -> provider.type().getSimpleName())
                .filter(name -> !name.startsWith("Sample"))
                .forEach(found::add);

        assertEquals(
                "[DeviceCodeCredentialProvider, InteractiveBrowserCredentialProvider,"
                        + " SharedTokenCacheCredentialProvider]",
                found.toString());
    }
}
