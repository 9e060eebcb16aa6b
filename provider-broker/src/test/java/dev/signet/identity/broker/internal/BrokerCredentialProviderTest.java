// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.identity.broker.BrokerCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderInfo;
import dev.signet.identity.testkit.TestContext;
import dev.signet.identity.testkit.junit.CredentialProviderContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerCredentialProviderTest implements CredentialProviderContract {
    @Override
    public CredentialProvider provider() {
        return new BrokerCredentialProvider();
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
        ProviderInfo info = BrokerCredentialProvider.class.getAnnotation(ProviderInfo.class);

        assertEquals("BrokerCredential", info.name());
        assertEquals(Category.DEVELOPER, info.category());
        assertEquals(1000, info.order());
        assertEquals(BrokerCredential.class, provider().create(context()).getClass());
    }
}
