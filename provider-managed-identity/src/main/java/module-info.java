/**
 * Credentials of Azure hosts: managed identity in all its forms, and Kubernetes workload identity.
 *
 * @provides dev.signet.identity.spi.CredentialProvider {@code ManagedIdentityCredential} and
 *     {@code WorkloadIdentityCredential}
 * @since 0.1.0
 */
module dev.signet.identity.managedidentity {
    requires transitive dev.signet.identity;
    requires dev.signet.identity.core;
    requires static org.jspecify;
    requires org.slf4j;

    exports dev.signet.identity.managedidentity;

    provides dev.signet.identity.spi.CredentialProvider with
            dev.signet.identity.managedidentity.internal.ManagedIdentityCredentialProvider,
            dev.signet.identity.managedidentity.internal.WorkloadIdentityCredentialProvider;
}
