// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.testkit.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs({OS.LINUX, OS.MAC})
class SystemBrowserTest {
    private static final URI ADDRESS =
            URI.create("https://login.example/o/authorize?client_id=x&scope=a%20b&state=s_-.~");

    @TempDir
    Path directory;

    private final TestContext context = new TestContext();
    private Path kernel;

    @BeforeEach
    void linux() throws IOException {
        kernel = Files.writeString(directory.resolve("version"), "Linux version 6.1.0-18-amd64 (debian-kernel)");
        system("Linux", Map.of());
    }

    private void system(String name, Map<String, String> variables) {
        context.property("os.name", name);
        Map<String, String> all = new java.util.HashMap<>(variables);
        all.put("PATH", directory.toString());
        context.environment(all);
    }

    private SystemBrowser browser() {
        return new SystemBrowser(context, kernel);
    }

    /** A program that notes how it was called. */
    private String program(String name, int exit) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(
                file,
                "#!/bin/sh\nfor argument in \"$@\"; do echo \"" + name + ": $argument\"; done >> " + log() + "\nexit "
                        + exit + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }

    private Path log() {
        return directory.resolve("log");
    }

    @Test
    void open_linux_handsTheAddressOverUnchanged() throws IOException {
        program("xdg-open", 0);
        program("gnome-open", 0);

        browser().open(ADDRESS);

        assertEquals(List.of("xdg-open: " + ADDRESS), Files.readAllLines(log()));
    }

    @Test
    void open_firstProgramFails_triesTheNext() throws IOException {
        program("xdg-open", 3);
        program("kfmclient", 1);
        program("wslview", 0);

        browser().open(ADDRESS);

        assertEquals(
                List.of("xdg-open: " + ADDRESS, "kfmclient: openURL", "kfmclient: " + ADDRESS, "wslview: " + ADDRESS),
                Files.readAllLines(log()));
    }

    @Test
    void open_everyProgramFails_fails() throws IOException {
        program("xdg-open", 3);

        UncheckedIOException failure =
                assertThrows(UncheckedIOException.class, () -> browser().open(ADDRESS));

        assertEquals(
                "none of the programs that open one works", failure.getCause().getMessage());
    }

    @Test
    void open_noProgram_fails() {
        UncheckedIOException failure =
                assertThrows(UncheckedIOException.class, () -> browser().open(ADDRESS));

        assertEquals("no program that opens one was found", failure.getCause().getMessage());
    }

    @Test
    @DisplayName("IB20 under sudo: unavailable with a hint")
    void open_underSudo_isUnavailable() throws IOException {
        program("xdg-open", 0);
        system("Linux", Map.of("SUDO_USER", "maria"));
        InteractiveBrowserCredential credential = InteractiveBrowserCredential.builder()
                .context(context)
                .browserOpener(browser())
                .build();

        CredentialUnavailableException failure = assertThrows(
                CredentialUnavailableException.class,
                () -> credential.asChainMember().getToken(UserFixture.REQUEST));

        assertEquals(
                "InteractiveBrowserCredential: no browser can be opened: a browser does not start under sudo; run the"
                        + " program without it. Use DeviceCodeCredential, which needs no browser on this machine.",
                failure.getMessage());
        assertFalse(Files.exists(log()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "https://x/?a='b",
                "https://x/?a=$(id)",
                "https://x/?a=b;c",
                "https://x/#f",
                "javascript:alert"
            })
    void open_addressWithOtherCharacters_isRefused(String address) throws IOException {
        program("xdg-open", 0);

        UncheckedIOException failure =
                assertThrows(UncheckedIOException.class, () -> browser().open(URI.create(address)));

        assertEquals(
                "the address has characters that no browser should be given",
                failure.getCause().getMessage());
        assertFalse(Files.exists(log()));
    }

    @ParameterizedTest
    @CsvSource({
        "Windows 11, 'C:\\Windows\\System32\\rundll32.exe|url.dll,FileProtocolHandler|'",
        "Mac OS X, '/usr/bin/open|'"
    })
    void commands_ofOtherSystems_areTheirOwn(String system, String start) {
        system(system, Map.of());

        List<List<String>> commands = browser().commands(context.environment(), ADDRESS.toString());

        assertEquals(1, commands.size());
        assertEquals(start + ADDRESS, String.join("|", commands.get(0)));
    }

    @Test
    void commands_windowsElsewhere_areThere() {
        system("Windows Server 2022", Map.of("SystemRoot", "D:\\Win"));

        assertEquals(
                "D:\\Win\\System32\\rundll32.exe",
                browser().commands(context.environment(), "x").get(0).get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Linux version 5.15.90.1-microsoft-standard-WSL2", "Linux version 4.4.0-19041-Microsoft"})
    void commands_windowsSubsystem_openTheBrowserOfWindows(String version) throws IOException {
        Files.writeString(kernel, version);
        String view = program("wslview", 0);
        program("xdg-open", 0);
        String shell = program("powershell.exe", 0);
        String handler = program("rundll32.exe", 0);

        assertEquals(
                List.of(
                        List.of(view, ADDRESS.toString()),
                        List.of(shell, "-NoProfile", "-NonInteractive", "-Command", "Start-Process '" + ADDRESS + "'"),
                        List.of(handler, "url.dll,FileProtocolHandler", ADDRESS.toString())),
                browser().commands(context.environment(), ADDRESS.toString()));
    }

    @Test
    void commands_windowsSubsystemByVariable_isSeen() throws IOException {
        system("Linux", Map.of("WSL_DISTRO_NAME", "Debian"));
        program("xdg-open", 0);
        String view = program("wslview", 0);

        assertEquals(List.of(List.of(view, "x")), browser().commands(context.environment(), "x"));
    }

    @Test
    void commands_kernelUnknown_areThoseOfLinux() throws IOException {
        Files.delete(kernel);
        String open = program("xdg-open", 0);

        assertEquals(List.of(List.of(open, "x")), browser().commands(context.environment(), "x"));
    }
}
