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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Somebody signs in to one process and is known to the next. */
@ExtendWith(EmbeddedCloudExtension.class)
class SecondProcessTest {
    private static final String SCOPE = "https://vault.azure.net/.default";

    @TempDir
    Path home;

    private final User alice = User.named("alice@contoso.example");
    private EmbeddedAuthority authority;
    private Path trustStore;

    @BeforeEach
    void register(EmbeddedCloud cloud) {
        authority = cloud.authority();
        authority.registerApplication(Application.builder(UserClient.DEVELOPER_SIGN_ON)
                .tenantId(EmbeddedAuthority.DEFAULT_TENANT)
                .build());
        authority.registerUser(alice);
        trustStore = authority.certificateAuthority().writeTrustStore(home.resolve("trust.p12"), "changeit");
    }

    private String[] arguments(boolean plainAllowed, String... more) {
        List<String> all = new ArrayList<>(List.of(
                home.toString(), authority.uri().toString(), trustStore.toString(), String.valueOf(plainAllowed)));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    /** Signs in and returns the record. */
    private String signIn(ChildJvm child) throws IOException, InterruptedException {
        authority.signIns().approveDevice(child.line(), alice);
        child.say("approved");
        String record = child.line();
        assertAlice(child.line());
        assertEquals(0, child.exit());
        return record;
    }

    private void assertAlice(String token) {
        assertEquals(
                alice.objectId(),
                JwtPayload.read(token).orElseThrow().objectId().orElseThrow());
    }

    private List<String> grants() {
        return authority.requests().stream()
                .map(request -> request.form("grant_type").orElse(""))
                .toList();
    }

    @Test
    @DisplayName("PC04, PC08 further processes, plain text")
    void getToken_furtherProcesses_areSilent() throws Exception {
        String record;
        try (ChildJvm first = ChildJvm.start(home, SignInProgram.class, arguments(true, SCOPE))) {
            record = signIn(first);
        }
        try (ChildJvm second = ChildJvm.start(home, SignInProgram.class, arguments(true, SCOPE, record))) {
            assertAlice(second.line());
            assertEquals(0, second.exit());
        }
        // The first token is kept under "organizations", and the record names the tenant.
        assertEquals(List.of("device_code", "refresh_token"), grants());
        try (ChildJvm third = ChildJvm.start(home, SignInProgram.class, arguments(true, SCOPE, record))) {
            assertAlice(third.line());
            assertEquals(0, third.exit());
        }
        assertEquals(List.of("device_code", "refresh_token"), grants());
    }

    @Test
    @DisplayName("PC01 a second process, keyring")
    void getToken_secondProcessWithKeyring_isSilent() throws Exception {
        RealPeer.require(Path.of("/usr/bin/gnome-keyring-daemon"), "gnome-keyring");
        RealPeer.require(Path.of("/usr/bin/dbus-run-session"), "dbus");
        String record;
        try (ChildJvm first = ChildJvm.startWithKeyring(
                home, RealKeyringTest.UNLOCKED, SignInProgram.class, arguments(false, SCOPE))) {
            record = signIn(first);
        }
        try (ChildJvm second = ChildJvm.startWithKeyring(
                home, RealKeyringTest.UNLOCKED, SignInProgram.class, arguments(false, SCOPE, record))) {
            assertAlice(second.line());
            assertEquals(0, second.exit());
        }
        assertEquals(List.of("device_code", "refresh_token"), grants());
    }
}
