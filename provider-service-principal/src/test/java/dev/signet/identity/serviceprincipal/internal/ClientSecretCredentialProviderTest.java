// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.testkit.TestContext;
import dev.signet.identity.testkit.junit.CredentialProviderContract;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientSecretCredentialProviderTest implements CredentialProviderContract {
    @Override
    public CredentialProvider provider() {
        return new ClientSecretCredentialProvider();
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

    @Test
    void create_nothingSet_isUnavailable() {
        CredentialUnavailableException failure = assertThrows(
                CredentialUnavailableException.class, () -> provider().create(new TestContext()));

        assertEquals(
                "ClientSecretCredential: AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET not set. Set them, or give the values in code.",
                failure.getMessage());
    }
}
