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

class AzurePipelinesCredentialProviderTest implements CredentialProviderContract {
    @Override
    public CredentialProvider provider() {
        return new AzurePipelinesCredentialProvider();
    }

    @Override
    public TestContext context() {
        return new TestContext()
                .environment(Map.of(
                        "AZURESUBSCRIPTION_TENANT_ID",
                        "t",
                        "AZURESUBSCRIPTION_CLIENT_ID",
                        "c",
                        "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID",
                        "s",
                        "SYSTEM_ACCESSTOKEN",
                        "s3cr3t"));
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
                "AzurePipelinesCredential: AZURESUBSCRIPTION_TENANT_ID, AZURESUBSCRIPTION_CLIENT_ID, AZURESUBSCRIPTION_SERVICE_CONNECTION_ID, SYSTEM_ACCESSTOKEN not set. Run it in a task that uses the service connection, and map $(System.AccessToken).",
                failure.getMessage());
    }
}
