// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.testkit.TestContext;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChainTenantTest {
    @Test
    void of_codeThenVariable() {
        TestContext context = new TestContext();
        assertEquals(Optional.empty(), ChainTenant.of(context));
        context.env("AZURE_TENANT_ID", " variable ");
        assertEquals(Optional.of("variable"), ChainTenant.of(context));
        context.tenantId("code");
        assertEquals(Optional.of("code"), ChainTenant.of(context));
    }

    @Test
    void of_malformedVariable_isNamedByEveryProvider() {
        TestContext context = new TestContext().env("AZURE_TENANT_ID", "a b");
        for (CredentialProvider provider : List.of(
                new AzureCliCredentialProvider(),
                new AzureDeveloperCliCredentialProvider(),
                new AzurePowerShellCredentialProvider())) {
            assertEquals(
                    "AZURE_TENANT_ID must be a tenant id or a domain name",
                    assertThrows(IllegalArgumentException.class, () -> provider.create(context))
                            .getMessage());
        }
    }

    @Test
    void serviceLoader_findsTheProviders() {
        getClass().getModule().addUses(CredentialProvider.class);
        TreeSet<String> found = new TreeSet<>();
        ServiceLoader.load(CredentialProvider.class, getClass().getClassLoader()).stream()
                .map(provider -> provider.type().getSimpleName())
                .forEach(found::add);

        assertEquals(
                "[AzureCliCredentialProvider, AzureDeveloperCliCredentialProvider, AzurePowerShellCredentialProvider]",
                found.toString());
    }
}
