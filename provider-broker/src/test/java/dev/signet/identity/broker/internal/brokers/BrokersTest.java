// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.testkit.TestContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where there is no broker, the reason is told. */
class BrokersTest {
    private static final String INSTEAD = " Sign in with 'az login' or use InteractiveBrowserCredential instead.";

    @TempDir
    private Path runtimeDirectory;

    private Broker broker(Map<String, String> properties, Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("XDG_RUNTIME_DIR", runtimeDirectory.toString());
        return Brokers.of(
                "BrokerCredential",
                new TestContext().environment(Environment.of(all, properties)),
                Brokers.DEFAULT_TIMEOUT);
    }

    private static String message(Broker broker) {
        BrokerRequest request = new BrokerRequest(
                new BrokerApplication("c", URI.create("https://login.microsoftonline.com/t"), 0, false),
                BrokerUser.DEFAULT,
                TokenRequestContext.of("s"),
                null,
                null);
        String silent = assertThrows(CredentialUnavailableException.class, () -> broker.silent(request))
                .getMessage();
        String interactive = assertThrows(CredentialUnavailableException.class, () -> broker.interactive(request))
                .getMessage();
        String id = "\\(correlation id [0-9a-f-]{36}\\)";
        assertEquals(silent.replaceAll(id, "(ID)"), interactive.replaceAll(id, "(ID)"));
        return silent.replaceAll(id, "(ID)");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Mac OS X, the broker of macOS cannot be reached from Java",
        "FreeBSD, this operating system has no identity broker",
        "'', this operating system has no identity broker"
    })
    void system_withoutBroker_saysSo(String name, String reason) {
        Broker broker = broker(Map.of("os.name", name), Map.of());

        assertEquals("BrokerCredential: " + reason + "." + INSTEAD, message(broker));
        assertEquals(reason, broker.explain().detail());
    }

    @Test
    void br01_noSessionBus_isUnavailable() {
        Broker broker = broker(Map.of("os.name", "Linux", "os.version", "6.1.0-amd64"), Map.of());

        assertEquals(
                "BrokerCredential: there is no session bus: DBUS_SESSION_BUS_ADDRESS is not set and the user's runtime"
                        + " directory has no bus." + INSTEAD,
                message(broker));
    }

    @Test
    void br21_windowsSubsystem_saysSo() {
        Broker broker = broker(Map.of("os.name", "Linux", "os.version", "5.15.90.1-Microsoft-standard-WSL2"), Map.of());

        assertEquals(
                "BrokerCredential: there is no session bus: DBUS_SESSION_BUS_ADDRESS is not set and the user's runtime"
                        + " directory has no bus, and the broker of Windows cannot be reached from its Linux subsystem."
                        + INSTEAD,
                message(broker));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"unix:abstract=/tmp/x", "tcp:host=localhost", "autolaunch:", "unix:path=%zz"})
    void addressOfNoSocketFile_isUnavailable(String address) {
        Broker broker = broker(Map.of("os.name", "Linux"), Map.of("DBUS_SESSION_BUS_ADDRESS", address));

        assertEquals("BrokerCredential: DBUS_SESSION_BUS_ADDRESS names no socket file." + INSTEAD, message(broker));
    }

    @Test
    void busOfTheRuntimeDirectory_whereNobodyListens_isUnavailable() throws IOException {
        Files.createFile(runtimeDirectory.resolve("bus"));

        assertEquals(
                "BrokerCredential: the session bus or the identity broker on it went away (ID)." + INSTEAD,
                message(broker(Map.of("os.name", "Linux"), Map.of())));
    }
}
