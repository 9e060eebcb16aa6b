// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.JwtPayload;
import dev.signet.identity.core.ProxySettings;
import dev.signet.identity.core.SocketHttpTransport;
import dev.signet.identity.msal.UserClient;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.HttpTransport;
import dev.signet.identity.testkit.Application;
import dev.signet.identity.testkit.EmbeddedAuthority;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.RecordedRequest;
import dev.signet.identity.testkit.TestContext;
import dev.signet.identity.testkit.User;
import dev.signet.identity.testkit.junit.EmbeddedCloudExtension;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Users and the developers' application at the embedded authority, over TLS. */
@ExtendWith(EmbeddedCloudExtension.class)
abstract class UserFixture {
    static final String SCOPE = "https://vault.azure.net/.default";
    static final String OTHER_SCOPE = "https://graph.microsoft.com/.default";
    static final String OPEN_ID = "openid profile offline_access ";
    static final String OTHER_TENANT = "11111111-2222-4333-8444-555555555555";
    static final TokenRequestContext REQUEST = TokenRequestContext.of(SCOPE);
    static final TokenRequestContext OTHER_REQUEST = TokenRequestContext.of(OTHER_SCOPE);
    static final String CAPABILITIES = "{\"access_token\":{\"xms_cc\":{\"values\":[\"CP1\"]}}}";

    final User alice = User.named("alice@contoso.example").withPassword("wonder land&1");
    final User bob = User.named("bob@contoso.example");
    EmbeddedCloud cloud;
    EmbeddedAuthority authority;
    TestContext context;
    TestBrowser browser;

    @BeforeEach
    void register(EmbeddedCloud cloud) {
        this.cloud = cloud;
        this.authority = cloud.authority();
        registerDevelopers(EmbeddedAuthority.DEFAULT_TENANT);
        registerDevelopers(OTHER_TENANT);
        authority.registerUser(alice);
        authority.registerUser(bob);
        this.context = context();
        this.browser = new TestBrowser(authority, alice);
    }

    private void registerDevelopers(String tenant) {
        authority.registerApplication(Application.builder(UserClient.DEVELOPER_SIGN_ON)
                .tenantId(tenant)
                .build());
    }

    /** Another process as it were: nothing in memory, the same clock. */
    TestContext context() {
        return new TestContext(cloud.clock()).authorityHost(authority.uri()).transport(transport());
    }

    HttpTransport transport() {
        return new SocketHttpTransport(ProxySettings.from(Environment.empty()), System::nanoTime)
                .withSslSocketFactory(authority.sslContext().getSocketFactory());
    }

    InteractiveBrowserCredential.Builder interactive() {
        return InteractiveBrowserCredential.builder().context(context).browserOpener(browser);
    }

    /** What was asked at the token endpoint, by grant. */
    List<String> grants() {
        return authority.requests().stream()
                .map(request -> request.form("grant_type").orElse(""))
                .toList();
    }

    RecordedRequest lastRequest() {
        List<RecordedRequest> all = authority.requests();
        return all.get(all.size() - 1);
    }

    /** The form of a request, but for what differs each time. */
    static Map<String, String> form(RecordedRequest request, String... varying) {
        Map<String, String> fields = new TreeMap<>();
        request.form().forEach((name, values) -> fields.put(name, String.join("|", values)));
        for (String name : varying) {
            fields.replace(name, "*");
        }
        return fields;
    }

    static Set<String> words(String text) {
        return Set.of(text.split(" "));
    }

    static void assertUser(User user, String tenant, AccessToken token) {
        JwtPayload claims = JwtPayload.read(token.token()).orElseThrow();
        assertEquals(user.objectId(), claims.objectId().orElseThrow());
        assertEquals(tenant, claims.tenantId().orElseThrow());
    }

    void assertAlice(AccessToken token) {
        assertUser(alice, EmbeddedAuthority.DEFAULT_TENANT, token);
    }
}
