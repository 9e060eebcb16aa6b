// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;

/** The samples of the documentation; compiled, so that they stay true. */
final class ServicePrincipalSnippets {
    private ServicePrincipalSnippets() {}

    static TokenCredential certificate(String tenantId, String clientId) {
        // tag::certificate
        TokenCredential credential = CertificateCredential.builder()
                .tenantId(tenantId)
                .clientId(clientId)
                .certificate(ClientCertificate.ofFile(Path.of("/secrets/client.pem"))) // a changed file is read again
                .build();
        // end::certificate
        return credential;
    }

    static TokenCredential secret(String tenantId, String clientId, Supplier<String> vault) {
        // tag::secret
        TokenCredential credential = ClientSecretCredential.builder()
                .tenantId(tenantId)
                .clientId(clientId)
                .clientSecretSupplier(vault) // or clientSecret("...")
                .regionalAuthority("AutoDiscoverRegion")
                .build();
        // end::secret
        return credential;
    }

    static TokenCredential keyInHardware(PrivateKey key, List<X509Certificate> chain) {
        // tag::key
        TokenCredential credential = CertificateCredential.builder()
                .tenantId("contoso.onmicrosoft.com")
                .clientId("00000000-0000-0000-0000-000000000000")
                .certificate(ClientCertificate.of(key, chain).withChainSent())
                .build();
        // end::key
        return credential;
    }

    static TokenCredential assertion(Supplier<String> federation) {
        // tag::assertion
        TokenCredential credential = ClientAssertionCredential.builder()
                .tenantId("contoso.onmicrosoft.com")
                .clientId("00000000-0000-0000-0000-000000000000")
                .clientAssertion(federation)
                .build();
        // end::assertion
        return credential;
    }

    static TokenCredential pipelines() {
        // tag::pipelines
        TokenCredential credential =
                AzurePipelinesCredential.builder().fromEnvironment().build();
        // end::pipelines
        return credential;
    }

    static TokenCredential workflow() {
        // tag::workflow
        TokenCredential credential =
                GitHubActionsCredential.builder().fromEnvironment().build();
        // end::workflow
        return credential;
    }

    static AccessToken onBehalfOf(OnBehalfOfCredential application, String callersToken) {
        // tag::on-behalf-of
        AccessToken token = application
                .withUserAssertion(callersToken)
                .getToken(TokenRequestContext.of("https://graph.microsoft.com/.default"));
        // end::on-behalf-of
        return token;
    }

    static TokenCredential environment() {
        // tag::environment
        TokenCredential credential = EnvironmentCredential.create();
        // end::environment
        return credential;
    }
}
