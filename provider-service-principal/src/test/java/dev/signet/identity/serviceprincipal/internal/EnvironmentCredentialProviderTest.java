// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal.internal;

import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.testkit.TestContext;
import dev.signet.identity.testkit.junit.CredentialProviderContract;
import java.util.Map;
import java.util.Set;

class EnvironmentCredentialProviderTest implements CredentialProviderContract {
    @Override
    public CredentialProvider provider() {
        return new EnvironmentCredentialProvider();
    }

    @Override
    public TestContext context() {
        return new TestContext()
                .environment(Map.of("AZURE_TENANT_ID", "t", "AZURE_CLIENT_ID", "c", "AZURE_CLIENT_SECRET", "s3cr3t"));
    }

    @Override
    public Set<String> secrets() {
        return Set.of("s3cr3t");
    }
}
