// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.ProxySettings;
import dev.signet.identity.core.SocketHttpTransport;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.testkit.Application;
import dev.signet.identity.testkit.DirectExecutor;
import dev.signet.identity.testkit.EmbeddedAuthority;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.HostRoutes;
import dev.signet.identity.testkit.RecordedRequest;
import dev.signet.identity.testkit.TestContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A cloud per test that answers under the real host names; its strictness is part of every test. */
abstract class ApplicationFixture {
    static final String TENANT = EmbeddedAuthority.DEFAULT_TENANT;
    static final String OTHER_TENANT = "11111111-2222-4333-8444-555555555555";
    static final String CLIENT_ID = "6f0ad9ed-6a4f-4d32-a3ab-4a4e6f6b8f01";
    static final String SECRET = "s3cr3t~Value";
    static final String SCOPE = "https://vault.azure.net/.default";
    static final TokenRequestContext REQUEST = TokenRequestContext.of(SCOPE);

    final EmbeddedCloud cloud = EmbeddedCloud.start();
    final HostRoutes routes =
            cloud.routes(new SocketHttpTransport(ProxySettings.from(Environment.empty()), System::nanoTime)
                    .withSslSocketFactory(cloud.authority().sslContext().getSocketFactory()));
    final TestContext context = with(Map.of());

    @AfterEach
    void endCloud() {
        try {
            cloud.assertNoViolations();
        } finally {
            cloud.close();
        }
    }

    TestContext with(Map<String, String> variables) {
        return new TestContext(cloud.clock())
                .environment(variables)
                .executor(new DirectExecutor())
                .jitter(0.5)
                .transport(routes);
    }

    /** Registers the application in its own tenant and in another one. */
    void register(Application.Builder application) {
        cloud.authority().registerApplication(application.tenantId(OTHER_TENANT).build());
        cloud.authority().registerApplication(application.tenantId(TENANT).build());
    }

    static Application.Builder application() {
        return Application.builder(CLIENT_ID);
    }

    List<RecordedRequest> requests() {
        return cloud.authority().requests();
    }

    RecordedRequest request(int index) {
        return requests().get(index);
    }

    static ClientAuthenticationException failure(TokenCredential credential) {
        return failure(credential, REQUEST);
    }

    static ClientAuthenticationException failure(TokenCredential credential, TokenRequestContext request) {
        return assertThrows(ClientAuthenticationException.class, () -> credential.getToken(request));
    }

    /** The same failure, of which nobody but this process knows. */
    ClientAuthenticationException localFailure(TokenCredential credential) {
        ClientAuthenticationException failure = failure(credential);
        assertEquals(List.of(), cloud.requests());
        return failure;
    }
}
