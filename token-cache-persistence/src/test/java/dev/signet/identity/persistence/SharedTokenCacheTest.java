// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.identity.core.JwtPayload;
import dev.signet.identity.msal.UserClient;
import dev.signet.identity.testkit.Application;
import dev.signet.identity.testkit.EmbeddedAuthority;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.User;
import dev.signet.identity.testkit.junit.EmbeddedCloudExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code SharedTokenCacheCredential} with the accounts that another credential left in the cache. */
@Timeout(120)
@ExtendWith(EmbeddedCloudExtension.class)
class SharedTokenCacheTest {
    @TempDir
    Path home;

    private final User alice = User.named("alice@contoso.example");
    private final User bob = User.named("bob@contoso.example");
    private EmbeddedAuthority authority;
    private ChildJvm child;

    @BeforeEach
    void start(EmbeddedCloud cloud) throws IOException {
        authority = cloud.authority();
        authority.registerApplication(Application.builder(UserClient.DEVELOPER_SIGN_ON)
                .tenantId(EmbeddedAuthority.DEFAULT_TENANT)
                .build());
        authority.registerUser(alice);
        authority.registerUser(bob);
        Path trustStore = authority.certificateAuthority().writeTrustStore(home.resolve("trust.p12"), "changeit");
        child = ChildJvm.start(
                home, SharedCacheProgram.class, home.toString(), authority.uri().toString(), trustStore.toString());
    }

    @AfterEach
    void end() throws InterruptedException {
        child.close();
    }

    private void signIn(User user) throws IOException {
        child.say("sign-in");
        authority.signIns().approveDevice(child.line(), user);
        child.say("approved");
        assertEquals("done", child.line());
    }

    private String ask(String userName) throws IOException {
        child.say(userName);
        return child.line();
    }

    @Test
    @DisplayName("SC01 no account")
    void getToken_emptyCache_isUnavailable() throws IOException {
        assertEquals(
                "CredentialUnavailableException: SharedTokenCacheCredential: there are no accounts in the token cache"
                        + " msal.cache. Sign in with a tool or program that keeps its accounts there.",
                ask(""));
        assertEquals(List.of(), authority.requests());
    }

    @Test
    @DisplayName("SC01 several accounts, SC02, SC03")
    void getToken_severalAccounts_wantsAName() throws IOException {
        signIn(alice);
        assertUser(alice, ask(""));
        signIn(bob);

        assertEquals(
                "CredentialUnavailableException: SharedTokenCacheCredential: there are several accounts in the token"
                        + " cache msal.cache. Set AZURE_USERNAME and, for a user with accounts in several tenants,"
                        + " AZURE_TENANT_ID.",
                ask(""));
        assertUser(bob, ask("BOB@contoso.EXAMPLE"));
        assertEquals(
                "CredentialUnavailableException: SharedTokenCacheCredential: there is no account eve@contoso.example in"
                        + " the token cache msal.cache. Set AZURE_USERNAME to a user who is signed in, or sign in as this"
                        + " one.",
                ask("eve@contoso.example"));
    }

    private static void assertUser(User user, String token) {
        assertEquals(
                user.objectId(), JwtPayload.read(token).orElseThrow().objectId().orElseThrow());
    }
}
