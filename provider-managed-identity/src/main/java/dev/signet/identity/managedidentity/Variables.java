// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

/** Names of environment variables, as the platforms set them. */
final class Variables {
    static final String IDENTITY_ENDPOINT = "IDENTITY_ENDPOINT";
    static final String IDENTITY_HEADER = "IDENTITY_HEADER";
    static final String IDENTITY_SERVER_THUMBPRINT = "IDENTITY_SERVER_THUMBPRINT";
    static final String IMDS_ENDPOINT = "IMDS_ENDPOINT";
    static final String MSI_ENDPOINT = "MSI_ENDPOINT";
    static final String MSI_SECRET = "MSI_SECRET";
    static final String DEFAULT_IDENTITY_CLIENT_ID = "DEFAULT_IDENTITY_CLIENT_ID";
    static final String AZURE_POD_IDENTITY_AUTHORITY_HOST = "AZURE_POD_IDENTITY_AUTHORITY_HOST";
    static final String AZURE_TENANT_ID = "AZURE_TENANT_ID";
    static final String AZURE_CLIENT_ID = "AZURE_CLIENT_ID";
    static final String AZURE_FEDERATED_TOKEN_FILE = "AZURE_FEDERATED_TOKEN_FILE";
    static final String AZURE_TOKEN_CREDENTIALS = "AZURE_TOKEN_CREDENTIALS";

    private Variables() {}
}
