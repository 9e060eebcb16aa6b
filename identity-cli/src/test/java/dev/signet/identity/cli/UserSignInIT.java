// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.testkit.Application;
import dev.signet.identity.testkit.EmbeddedAuthority;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.ScriptedBrowser;
import dev.signet.identity.testkit.User;
import dev.signet.identity.testkit.junit.EmbeddedCloudExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Somebody signs in for a token of the command line, in another program. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(EmbeddedCloudExtension.class)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs the POSIX start script")
class UserSignInIT {
    /** The application of developers' tools. */
    private static final String DEVELOPER_SIGN_ON = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

    private static final Pattern USER_CODE = Pattern.compile("enter the code (\\w+)");

    @TempDir
    Path folder;

    private final User maria = User.named("maria@contoso.example");
    private EmbeddedAuthority authority;
    private Process signet;

    @BeforeEach
    void register(EmbeddedCloud cloud) {
        authority = cloud.authority();
        authority.registerUser(maria);
        authority.registerApplication(Application.builder(DEVELOPER_SIGN_ON).build());
    }

    @AfterEach
    void end() {
        signet.destroyForcibly();
    }

    private void start(Map<String, String> variables, String credential) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Program.SIGNET.toString(),
                "token",
                "--raw",
                "--scope",
                "https://vault.azure.net/.default",
                "--credential",
                credential,
                "--ca-file",
                authority
                        .certificateAuthority()
                        .writePem(folder.resolve("ca.pem"))
                        .toString());
        builder.environment().keySet().retainAll(List.of("PATH", "LANG", "TMPDIR"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("AZURE_AUTHORITY_HOST", authority.uri().toString());
        builder.environment().putAll(variables);
        signet = builder.start();
    }

    @Test
    void token_deviceCode_asksOnStandardErrorAndPrintsTheTokenAlone() throws Exception {
        start(Map.of(), "DeviceCodeCredential");
        BufferedReader asked = signet.errorReader();
        String line = asked.readLine();
        assertNotNull(line);
        Matcher code = USER_CODE.matcher(line);
        assertTrue(code.find(), line);

        authority.signIns().approveDevice(code.group(1), maria);

        assertToken();
    }

    @Test
    void token_browser_opensItAndPrintsTheTokenAlone() throws Exception {
        Path address = folder.resolve("address");
        assertEquals(
                0,
                new ProcessBuilder("/usr/bin/mkfifo", address.toString())
                        .start()
                        .waitFor());
        Path opener = folder.resolve("xdg-open");
        Files.writeString(opener, "#!/bin/sh\necho \"$1\" > " + address + "\n");
        Files.setPosixFilePermissions(opener, PosixFilePermissions.fromString("rwx------"));
        start(Map.of("PATH", folder + ":" + System.getenv("PATH")), "InteractiveBrowserCredential");

        new ScriptedBrowser(authority)
                .accept(URI.create(Files.readString(address).strip()), maria);

        assertToken();
    }

    private void assertToken() throws IOException, InterruptedException {
        List<String> printed = signet.inputReader().lines().toList();
        assertEquals(
                0,
                signet.waitFor(),
                () -> String.join("\n", signet.errorReader().lines().toList()));
        assertEquals(1, printed.size(), printed::toString);
        assertEquals(3, printed.get(0).split("\\.", -1).length, printed::toString);
    }
}
