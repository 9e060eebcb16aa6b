// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.core.ProxySettings;
import dev.signet.identity.core.SocketHttpTransport;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.HttpTransport;
import dev.signet.identity.testkit.Application;
import dev.signet.identity.testkit.EmbeddedAuthority;
import dev.signet.identity.testkit.EmbeddedCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chain as in production: real host names and addresses, the real transport, and no network behind it. */
class RealHostNamesTest {
    private static final TokenRequestContext REQUEST = TokenRequestContext.of("https://vault.azure.net/.default");

    private final EmbeddedCloud cloud = EmbeddedCloud.start();
    private final HttpTransport transport = cloud.routes(
                    new SocketHttpTransport(ProxySettings.none(), System::nanoTime))
            .route("169.254.169.254", cloud.imds());

    @AfterEach
    void close() {
        cloud.close();
    }

    private String credentialName(Map<String, String> environment) {
        try (DefaultAzureCredential credential = DefaultAzureCredential.builder()
                .environment(Environment.of(environment))
                .transport(transport)
                .build()) {
            return credential.getToken(REQUEST).credentialName();
        }
    }

    @Test
    void chain_inAPod_asksTheRealSignInHost(@TempDir Path directory) throws Exception {
        EmbeddedAuthority authority = cloud.authority();
        Application application = authority.registerApplication(Application.builder("client")
                .federatedCredential("https://issuer.example", "subject", EmbeddedAuthority.TOKEN_EXCHANGE_AUDIENCE)
                .build());
        Path assertion = Files.writeString(
                directory.resolve("token"),
                authority.assertionFor(application.federatedCredentials().get(0)));
        Map<String, String> environment = new HashMap<>(authority.environment(application, assertion));
        environment.remove("AZURE_AUTHORITY_HOST");

        assertEquals("WorkloadIdentityCredential", credentialName(environment));
        assertEquals("login.microsoftonline.com", authority.lastRequest().host());
        assertEquals(
                "login.microsoftonline.com",
                authority.lastRequest().serverName().orElseThrow());
        cloud.assertNoViolations();
    }

    @Test
    void chain_onAMachine_asksTheRealMetadataAddress() {
        assertEquals("ManagedIdentityCredential", credentialName(Map.of()));
        assertEquals("169.254.169.254", cloud.imds().lastRequest().host());
        cloud.assertNoViolations();
    }
}
