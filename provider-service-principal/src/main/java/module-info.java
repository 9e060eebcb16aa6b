/**
 * Credentials of applications: client secret, certificate, assertion, pipelines, on behalf of users, environment.
 *
 * @provides dev.signet.identity.spi.CredentialProvider {@code EnvironmentCredential}; by name
 *     {@code ClientSecretCredential}, {@code CertificateCredential}, {@code AzurePipelinesCredential} and
 *     {@code GitHubActionsCredential}
 * @since 0.1.0
 */
module dev.signet.identity.serviceprincipal {
    requires transitive dev.signet.identity;
    requires dev.signet.identity.core;
    requires static dev.signet.identity.msal; // for a user name and password in the environment
    requires static org.jspecify;
    requires org.slf4j;

    exports dev.signet.identity.serviceprincipal;

    provides dev.signet.identity.spi.CredentialProvider with
            dev.signet.identity.serviceprincipal.internal.AzurePipelinesCredentialProvider,
            dev.signet.identity.serviceprincipal.internal.CertificateCredentialProvider,
            dev.signet.identity.serviceprincipal.internal.ClientSecretCredentialProvider,
            dev.signet.identity.serviceprincipal.internal.EnvironmentCredentialProvider,
            dev.signet.identity.serviceprincipal.internal.GitHubActionsCredentialProvider;
}
