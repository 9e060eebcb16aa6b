/**
 * Credentials of tools that developers are signed in to: Azure CLI, Azure Developer CLI, Azure PowerShell.
 *
 * @provides dev.signet.identity.spi.CredentialProvider {@code AzureCliCredential},
 *     {@code AzureDeveloperCliCredential} and {@code AzurePowerShellCredential}
 * @since 0.1.0
 */
module dev.signet.identity.developertools {
    requires transitive dev.signet.identity;
    requires dev.signet.identity.core;
    requires static org.jspecify;
    requires org.slf4j;

    exports dev.signet.identity.developertools;

    provides dev.signet.identity.spi.CredentialProvider with
            dev.signet.identity.developertools.internal.AzureCliCredentialProvider,
            dev.signet.identity.developertools.internal.AzureDeveloperCliCredentialProvider,
            dev.signet.identity.developertools.internal.AzurePowerShellCredentialProvider;
}
