// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.managedidentity.ManagedIdentityCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderInfo;
import dev.signet.identity.testkit.TestContext;
import dev.signet.identity.testkit.junit.CredentialProviderContract;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ManagedIdentityCredentialProviderTest implements CredentialProviderContract {
    @Override
    public CredentialProvider provider() {
        return new ManagedIdentityCredentialProvider();
    }

    @Override
    public TestContext context() {
        return new TestContext()
                .environment(
                        Map.of("IDENTITY_ENDPOINT", "http://127.0.0.1:1/", "IDENTITY_HEADER", "the-header-secret"));
    }

    @Override
    public Set<String> secrets() {
        return Set.of("the-header-secret");
    }

    @Test
    void providerInfo_isAsDocumented() {
        ProviderInfo info = ManagedIdentityCredentialProvider.class.getAnnotation(ProviderInfo.class);

        assertEquals("ManagedIdentityCredential", info.name());
        assertEquals(Category.DEPLOYED, info.category());
        assertEquals(300, info.order());
        assertEquals(
                ManagedIdentityCredential.class, provider().create(context()).getClass());
    }

    @Test
    void create_probeTimeout_isADuration() {
        provider().create(context().setting("probeTimeout", "PT3S"));

        for (String wrong : new String[] {"3", "PT0S", "PT-1S"}) {
            IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> provider()
                    .create(context().setting("probeTimeout", wrong)));
            assertTrue(failure.getMessage().startsWith("probeTimeout must be"), failure::getMessage);
        }
    }
}
