// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.AccessToken;
import dev.signet.identity.BearerTokens;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.broker.BrokerCredential;
import dev.signet.identity.developertools.AzureCliCredential;
import dev.signet.identity.interactive.InteractiveBrowserCredential;
import dev.signet.identity.managedidentity.ManagedIdentityCredential;
import dev.signet.identity.serviceprincipal.CertificateCredential;
import dev.signet.identity.serviceprincipal.ClientCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The Java samples of README, compiled. They are not run: they would ask the real cloud. */
final class ReadmeSnippets {
    private ReadmeSnippets() {}

    static List<Object> quickstart() {
        // tag::quickstart
        TokenCredential credential = DefaultAzureCredential.create();
        AccessToken token = credential.getToken(TokenRequestContext.of("https://vault.azure.net/.default"));
        Supplier<String> header = BearerTokens.authorizationHeader(credential, "https://vault.azure.net/.default");
        // end::quickstart
        return List.of(token, header);
    }

    static void selection() {
        // tag::selection
        DefaultAzureCredential.builder()
                .sources("WorkloadIdentityCredential", "ManagedIdentityCredential")
                .managedIdentityClientId("7a0d3c52-6a38-4c0e-9f0e-3f6d1f0c2b11")
                .overallTimeout(Duration.ofSeconds(20))
                .expectedTenantId("5196f0a2-4c38-4be1-9d7a-0a6f83c1e2d4")
                .build();
        // end::selection
    }

    static ManagedIdentityCredential managedIdentity() {
        // tag::managed-identity
        ManagedIdentityCredential host = ManagedIdentityCredential.builder()
                .clientId("7a0d3c52-6a38-4c0e-9f0e-3f6d1f0c2b11")
                .build();
        // end::managed-identity
        return host;
    }

    static TokenCredential broker(long windowHandle) {
        // tag::broker
        TokenCredential user = BrokerCredential.builder()
                .loginHint("ann@contoso.com") // default: whoever is signed in to the machine
                .parentWindow(() -> windowHandle)
                .build();
        // end::broker
        return user;
    }

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

    static AzureCliCredential developerTools() {
        // tag::developer-tools
        AzureCliCredential developer = AzureCliCredential.builder()
                .subscription("My subscription")
                .processTimeout(Duration.ofSeconds(30))
                .build();
        // end::developer-tools
        return developer;
    }

    static InteractiveBrowserCredential user() {
        // tag::user
        InteractiveBrowserCredential user = InteractiveBrowserCredential.builder()
                .clientId("7a0d3c52-6a38-4c0e-9f0e-3f6d1f0c2b11")
                .disableAutomaticAuthentication() // a call that needs the user fails; authenticate() opens the browser
                .build();
        // end::user
        return user;
    }
}
