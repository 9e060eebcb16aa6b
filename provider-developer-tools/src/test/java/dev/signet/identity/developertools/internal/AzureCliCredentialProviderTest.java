// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.identity.developertools.AzureCliCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderInfo;
import dev.signet.identity.testkit.TestContext;
import dev.signet.identity.testkit.junit.CredentialProviderContract;
import org.junit.jupiter.api.Test;

class AzureCliCredentialProviderTest implements CredentialProviderContract {
    @Override
    public CredentialProvider provider() {
        return new AzureCliCredentialProvider();
    }

    @Override
    public TestContext context() {
        return new TestContext().setting("cacheFor", "PT1M");
    }

    @Test
    void providerInfo_isAsDocumented() {
        ProviderInfo info = AzureCliCredentialProvider.class.getAnnotation(ProviderInfo.class);

        assertEquals("AzureCliCredential", info.name());
        assertEquals(Category.DEVELOPER, info.category());
        assertEquals(600, info.order());
        assertEquals(AzureCliCredential.class, provider().create(context()).getClass());
    }
}
