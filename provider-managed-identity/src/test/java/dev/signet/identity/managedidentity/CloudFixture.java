// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.ProxySettings;
import dev.signet.identity.core.SocketHttpTransport;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.testkit.CloudEndpoint;
import dev.signet.identity.testkit.DirectExecutor;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.ExpiryFormat;
import dev.signet.identity.testkit.HostedEndpoint;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.TestContext;
import dev.signet.identity.testkit.TokenBody;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A cloud per test, whose strictness is part of every test. */
abstract class CloudFixture {
    static final String SCOPE = "https://vault.azure.net/.default";
    static final String RESOURCE = "https://vault.azure.net";
    static final TokenRequestContext REQUEST = TokenRequestContext.of(SCOPE);
    static final String CLIENT_ID = "6f0ad9ed-6a4f-4d32-a3ab-4a4e6f6b8f01";
    static final String OBJECT_ID = "0b9c1ddc-5f6d-4a55-8a53-2f3e3a6f2c02";

    final EmbeddedCloud cloud = EmbeddedCloud.start();

    @AfterEach
    void endCloud() {
        try {
            cloud.assertNoViolations();
        } finally {
            cloud.close();
        }
    }

    /** A context on a Linux host of this kind, with real sockets and background work on the caller's thread. */
    TestContext on(CloudEndpoint endpoint) {
        return with(endpoint.environment());
    }

    TestContext with(Map<String, String> variables) {
        SocketHttpTransport transport =
                new SocketHttpTransport(ProxySettings.from(Environment.empty()), System::nanoTime);
        return new TestContext(cloud.clock())
                .property("os.name", "Linux")
                .environment(variables)
                .executor(new DirectExecutor())
                .jitter(0)
                .transport(transport);
    }

    /** A machine without variables, where only a request can tell that IMDS is there. */
    TestContext onMachine() {
        return with(Map.of()).setting("imdsEndpoint", cloud.imds().uri().toString());
    }

    TestContext onArc() {
        return on(cloud.arc())
                .setting("arcKeyDirectory", cloud.arc().keyDirectory().toString());
    }

    /** A pod with workload identity, which trusts the embedded authority. */
    TestContext inPod(Map<String, String> variables) {
        SocketHttpTransport transport = new SocketHttpTransport(
                        ProxySettings.from(Environment.empty()), System::nanoTime)
                .withSslSocketFactory(cloud.authority().sslContext().getSocketFactory());
        return with(variables).transport(transport);
    }

    static ManagedIdentityCredential direct(TestContext context) {
        return ManagedIdentityCredential.builder().context(context).build();
    }

    static TokenCredential chained(TestContext context) {
        return direct(context).asChainMember();
    }

    static ClientAuthenticationException failure(TokenCredential credential) {
        return assertThrows(ClientAuthenticationException.class, () -> credential.getToken(REQUEST));
    }

    static Map<String, String> plus(Map<String, String> variables, String... more) {
        Map<String, String> all = new HashMap<>(variables);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    TokenBody body(String token) {
        return TokenBody.of(token)
                .expiresOn(cloud.clock().instant().plus(Duration.ofHours(24)), ExpiryFormat.EPOCH_STRING)
                .withText("resource", RESOURCE);
    }

    Reply ok(String token) {
        return Reply.token(body(token));
    }

    static int count(HostedEndpoint endpoint) {
        return endpoint.requests().size();
    }
}
