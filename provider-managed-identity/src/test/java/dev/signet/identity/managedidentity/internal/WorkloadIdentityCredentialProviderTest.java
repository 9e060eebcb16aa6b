// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.identity.managedidentity.WorkloadIdentityCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderInfo;
import dev.signet.identity.testkit.TestContext;
import dev.signet.identity.testkit.junit.CredentialProviderContract;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WorkloadIdentityCredentialProviderTest implements CredentialProviderContract {
    @Override
    public CredentialProvider provider() {
        return new WorkloadIdentityCredentialProvider();
    }

    @Override
    public TestContext context() {
        return new TestContext()
                .environment(Map.of(
                        "AZURE_TENANT_ID", "tenant.example",
                        "AZURE_CLIENT_ID", "client",
                        "AZURE_FEDERATED_TOKEN_FILE", "/nowhere/token"));
    }

    @Test
    void providerInfo_isAsDocumented() {
        ProviderInfo info = WorkloadIdentityCredentialProvider.class.getAnnotation(ProviderInfo.class);

        assertEquals("WorkloadIdentityCredential", info.name());
        assertEquals(Category.DEPLOYED, info.category());
        assertEquals(200, info.order());
        assertEquals(
                WorkloadIdentityCredential.class, provider().create(context()).getClass());
    }

    @Test
    void serviceLoader_findsBothProviders() {
        getClass().getModule().addUses(CredentialProvider.class);
        TreeSet<String> found = new TreeSet<>();
        ServiceLoader.load(CredentialProvider.class, getClass().getClassLoader()).stream()
                .map(provider -> provider.type().getSimpleName())
                .filter(name -> !name.startsWith("Sample"))
                .forEach(found::add);

        assertEquals("[ManagedIdentityCredentialProvider, WorkloadIdentityCredentialProvider]", found.toString());
    }
}
