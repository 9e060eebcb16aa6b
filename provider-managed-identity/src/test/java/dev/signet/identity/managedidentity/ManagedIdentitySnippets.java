// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The samples of the documentation; compiled, so that they stay true. */
final class ManagedIdentitySnippets {
    private ManagedIdentitySnippets() {}

    static AccessToken ownIdentity() {
        // tag::managed-identity
        TokenCredential credential = ManagedIdentityCredential.create();
        AccessToken token = credential.getToken(TokenRequestContext.of("https://vault.azure.net/.default"));
        // end::managed-identity
        return token;
    }

    static TokenCredential assignedIdentity() {
        // tag::managed-identity-assigned
        TokenCredential credential = ManagedIdentityCredential.builder()
                .clientId("00000000-0000-0000-0000-000000000000") // or objectId, or resourceId
                .probeTimeout(Duration.ofSeconds(3)) // for chains on slow hosts
                .build();
        // end::managed-identity-assigned
        return credential;
    }

    static TokenCredential workloadIdentity() {
        // tag::workload-identity
        TokenCredential credential = WorkloadIdentityCredential.create(); // all from the pod's variables
        // end::workload-identity
        return credential;
    }

    static TokenCredential workloadIdentityInCode() {
        // tag::workload-identity-in-code
        TokenCredential credential = WorkloadIdentityCredential.builder()
                .tenantId("contoso.onmicrosoft.com")
                .clientId("00000000-0000-0000-0000-000000000000")
                .tokenFilePath(Path.of("/var/run/secrets/azure/wi/token/azure-identity-token"))
                .additionallyAllowedTenants(List.of("fabrikam.onmicrosoft.com"))
                .build();
        // end::workload-identity-in-code
        return credential;
    }

    static TokenCredential federatedIdentity() {
        // tag::managed-identity-as-federated-identity
        TokenCredential credential = ManagedIdentityAsFederatedIdentityCredential.builder()
                .tenantId("fabrikam.onmicrosoft.com")
                .clientId("00000000-0000-0000-0000-000000000000") // the application that trusts this host's identity
                .build();
        // end::managed-identity-as-federated-identity
        return credential;
    }
}
