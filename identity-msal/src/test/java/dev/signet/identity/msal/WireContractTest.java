// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.AccessToken;
import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Secret;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.JwtPayload;
import dev.signet.identity.core.ProxySettings;
import dev.signet.identity.core.SocketHttpTransport;
import dev.signet.identity.core.TenantPolicy;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.HttpTransport;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import dev.signet.identity.testkit.Application;
import dev.signet.identity.testkit.EmbeddedAuthority;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.TestContext;
import dev.signet.identity.testkit.User;
import dev.signet.identity.testkit.junit.EmbeddedCloudExtension;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** Over TLS, against an authority that fails the test when a request deviates from the protocol. */
@ExtendWith(EmbeddedCloudExtension.class)
class WireContractTest {
    private static final String NAME = "TestCredential";
    private static final String OTHER_TENANT = "11111111-2222-4333-8444-555555555555";
    private static final URI REDIRECT = URI.create("https://app.example/callback");
    private static final TokenRequestContext REQUEST = TokenRequestContext.of("https://vault.azure.net/.default");

    private final User alice = User.named("alice@contoso.example").withPassword("wonder land&1");
    private EmbeddedCloud cloud;
    private EmbeddedAuthority authority;
    private Application application;
    private TestContext context;
    private UserClient client;

    @BeforeEach
    void register(EmbeddedCloud cloud) {
        this.cloud = cloud;
        this.authority = cloud.authority();
        this.application = Application.builder(UserClient.DEVELOPER_SIGN_ON).build();
        authority.registerApplication(application);
        authority.registerApplication(Application.builder(UserClient.DEVELOPER_SIGN_ON)
                .tenantId(OTHER_TENANT)
                .build());
        authority.registerUser(alice);
        this.context = new TestContext(cloud.clock())
                .authorityHost(authority.uri())
                .transport(new SocketHttpTransport(ProxySettings.from(Environment.empty()), System::nanoTime)
                        .withSslSocketFactory(authority.sslContext().getSocketFactory()));
        this.client = builder().build();
    }

    private UserClient.Builder builder() {
        return UserClient.builder(
                NAME,
                context,
                TenantPolicy.of(NAME, "organizations", context, LoggerFactory.getLogger(WireContractTest.class)));
    }

    private AuthorizationCode code() {
        return AuthorizationCode.of(
                Secret.of(authority.signIns().authorizationCode(alice, application, REDIRECT)), REDIRECT);
    }

    private void assertAlice(AccessToken token, String tenant) {
        JwtPayload claims = JwtPayload.read(token.token()).orElseThrow();
        assertEquals(alice.objectId(), claims.objectId().orElseThrow());
        assertEquals(tenant, claims.tenantId().orElseThrow());
        assertEquals(UserClient.DEVELOPER_SIGN_ON, claims.clientId().orElseThrow());
    }

    @Test
    void code_redeemed_givesTokensEverywhere() {
        UserToken first = client.redeem(code(), REQUEST);
        assertAlice(first.token(), EmbeddedAuthority.DEFAULT_TENANT);
        assertEquals(
                alice.objectId() + "." + EmbeddedAuthority.DEFAULT_TENANT,
                first.account().homeAccountId());
        assertEquals(EmbeddedAuthority.DEFAULT_TENANT, first.account().tenantId());
        assertEquals(alice.userName(), first.account().userName());

        assertAlice(
                client.silent(first.account(), TokenRequestContext.of("api://x/read"))
                        .token(),
                EmbeddedAuthority.DEFAULT_TENANT);
        assertAlice(
                client.silent(first.account(), REQUEST.withTenantId(OTHER_TENANT))
                        .token(),
                OTHER_TENANT);
        assertEquals(3, authority.requests().size());
    }

    @Test
    void code_redeemedTwice_isRefused() {
        AuthorizationCode code = code();
        client.redeem(code, REQUEST);

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> client.redeem(code, REQUEST));

        assertEquals(List.of(54005), failure.details().aadstsCodes());
    }

    @Test
    void code_confidentialClient_provesItself() {
        Application web = authority.registerApplication(
                Application.builder("web").secret("s3cret").build());
        AuthorizationCode code =
                AuthorizationCode.of(Secret.of(authority.signIns().authorizationCode(alice, web, REDIRECT)), REDIRECT);
        UserClient confidential =
                builder().clientId("web").clientSecret(Secret.of("s3cret")).build();

        UserToken token = confidential.redeem(code, REQUEST);

        assertEquals("web", token.account().clientId());
        confidential.silent(token.account(), TokenRequestContext.of("api://x/read"));
        assertEquals(2, authority.requests().size());
    }

    @Test
    void password_known_givesAToken() {
        UserPasswordLogin login = new UserPasswordLogin(client, alice.userName(), Secret.of("wonder land&1"));

        assertAlice(login.fetch(REQUEST.withCaeEnabled(true), null), EmbeddedAuthority.DEFAULT_TENANT);
    }

    @Test
    void device_approvedWhilePolling_givesAToken() {
        String[] shown = new String[1];
        context.transport(new ApprovingTransport(
                context.transport(), 3, () -> authority.signIns().approveDevice(shown[0], alice)));

        UserToken token = client.deviceCode(prompt -> shown[0] = prompt.userCode(), REQUEST);

        assertAlice(token.token(), EmbeddedAuthority.DEFAULT_TENANT);
        assertEquals(4, authority.requests().size());
    }

    @Test
    void refresh_revoked_needsAnotherSignIn() {
        UserToken first = client.redeem(code(), REQUEST);
        authority.signIns().revoke(alice);

        assertThrows(
                AuthenticationRequiredException.class,
                () -> client.silent(first.account(), TokenRequestContext.of("api://x/read")));
        cloud.assertNoViolations();
    }

    /** Has the user act after some questions. */
    private record ApprovingTransport(HttpTransport transport, int after, Runnable act, int[] count)
            implements HttpTransport {
        ApprovingTransport(HttpTransport transport, int after, Runnable act) {
            this(transport, after, act, new int[1]);
        }

        @Override
        public TransportResponse send(TransportRequest request) {
            if (request.uri().getPath().endsWith("/token") && ++count[0] == after + 1) {
                act.run();
            }
            return transport.send(request);
        }
    }
}
