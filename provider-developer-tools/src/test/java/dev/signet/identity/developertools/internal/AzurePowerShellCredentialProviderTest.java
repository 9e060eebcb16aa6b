// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.identity.developertools.AzurePowerShellCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderInfo;
import dev.signet.identity.testkit.TestContext;
import dev.signet.identity.testkit.junit.CredentialProviderContract;
import org.junit.jupiter.api.Test;

class AzurePowerShellCredentialProviderTest implements CredentialProviderContract {
    @Override
    public CredentialProvider provider() {
        return new AzurePowerShellCredentialProvider();
    }

    @Override
    public TestContext context() {
        return new TestContext().setting("cacheFor", "PT1M");
    }

    @Test
    void providerInfo_isAsDocumented() {
        ProviderInfo info = AzurePowerShellCredentialProvider.class.getAnnotation(ProviderInfo.class);

        assertEquals("AzurePowerShellCredential", info.name());
        assertEquals(Category.DEVELOPER, info.category());
        assertEquals(700, info.order());
        assertEquals(
                AzurePowerShellCredential.class, provider().create(context()).getClass());
    }
}
