// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.azurecore;

import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import dev.signet.identity.TokenCredential;

/** The samples of README, compiled. */
final class AzureCoreSnippets {
    private AzureCoreSnippets() {}

    static BlobServiceClient client(TokenCredential credential) {
        // tag::azure-core
        BlobServiceClient blobs = new BlobServiceClientBuilder()
                .endpoint("https://contoso.blob.core.windows.net")
                .credential(AzureCoreCredentials.toAzure(credential))
                .buildClient();
        // end::azure-core
        return blobs;
    }
}
