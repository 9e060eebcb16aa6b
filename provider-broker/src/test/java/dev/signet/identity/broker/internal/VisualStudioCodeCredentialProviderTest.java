// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.identity.broker.VisualStudioCodeCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderInfo;
import dev.signet.identity.testkit.TestContext;
import dev.signet.identity.testkit.junit.CredentialProviderContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VisualStudioCodeCredentialProviderTest implements CredentialProviderContract {
    @Override
    public CredentialProvider provider() {
        return new VisualStudioCodeCredentialProvider();
    }

    @Override
    public TestContext context() {
        return new TestContext()
                .environment(Environment.of(
                        Map.of("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus"),
                        Map.of("os.name", "Linux", "user.home", "/nowhere")));
    }

    @Test
    void providerInfo_isAsDocumented() {
        ProviderInfo info = VisualStudioCodeCredentialProvider.class.getAnnotation(ProviderInfo.class);

        assertEquals("VisualStudioCodeCredential", info.name());
        assertEquals(Category.DEVELOPER, info.category());
        assertEquals(500, info.order());
        assertEquals(
                VisualStudioCodeCredential.class, provider().create(context()).getClass());
    }
}
