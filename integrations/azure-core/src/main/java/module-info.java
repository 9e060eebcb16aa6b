/**
 * Signet credentials for clients of the Azure SDK, and the SDK's credentials for Signet.
 *
 * @since 0.1.0
 */
module dev.signet.identity.integration.azurecore {
    requires transitive com.azure.core;
    requires transitive dev.signet.identity;
    requires static org.jspecify;

    exports dev.signet.identity.integration.azurecore;
}
