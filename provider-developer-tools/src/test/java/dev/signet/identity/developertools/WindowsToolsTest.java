// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.core.CommandResult;
import dev.signet.identity.core.CommandRunner;
import dev.signet.identity.core.ExecutableSearch;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.testkit.ScriptedTool;
import dev.signet.identity.testkit.TestContext;
import dev.signet.identity.testkit.ToolReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The choice of programs on Windows: a map stands for its files, and scripts of this system for its programs. */
class WindowsToolsTest extends ToolFixture implements Programs {
    private static final String WINDOWS_POWERSHELL = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";
    private static final String NAME = "AzurePowerShellCredential: ";

    private final TestContext windows = new TestContext(context.clock())
            .property("os.name", "Windows 11")
            .environment(
                    Map.of("Path", "C:\\Tools;D:\\More", "SystemRoot", "C:\\Windows", "USERPROFILE", "C:\\Users\\u"));
    private final Map<String, String> files = new java.util.HashMap<>();
    private final List<String> run = new ArrayList<>();
    private ScriptedTool older;
    private CommandRunner runner;

    @BeforeEach
    void installAnother() {
        older = ScriptedTool.install(directory, "powershell");
        runner = CommandRunner.of(context);
    }

    @AfterEach
    void endOlder() {
        older.close();
    }

    @Override
    String toolName() {
        return "pwsh";
    }

    @Override
    TokenCredential credential() {
        return AzurePowerShellCredential.builder()
                .context(windows)
                .programs(this)
                .build();
    }

    @Override
    ToolReply success() {
        return ToolReply.powerShellToken(TOKEN, expiry);
    }

    @Override
    public Optional<String> find(Environment environment, List<String> names, List<String> wellKnown) {
        return ExecutableSearch.candidates(environment, names, wellKnown).stream()
                .filter(files::containsKey)
                .findFirst();
    }

    @Override
    public CommandResult run(String program, List<String> arguments, Map<String, String> variables, Duration timeout) {
        run.add(program);
        return runner.run(files.get(program), arguments, variables, timeout);
    }

    private void install(String windowsFile, ScriptedTool script, ToolReply reply) {
        files.put(windowsFile, script.file().toString());
        script.always(reply);
    }

    @Test
    void powerShell_newer_isPreferredWhereverItIs() {
        install("D:\\More\\pwsh.exe", tool, success());
        install(WINDOWS_POWERSHELL, older, ToolReply.failure("not asked"));
        givesToken(credential(), TOKEN, expiry);
        assertEquals(List.of("D:\\More\\pwsh.exe", "D:\\More\\pwsh.exe"), run);
    }

    @Test
    @DisplayName("PS-10")
    void powerShell_olderOnly_isAsked() {
        install(WINDOWS_POWERSHELL, older, success());
        install("C:\\Tools\\powershell.exe", tool, ToolReply.failure("not asked"));
        assertEquals(TOKEN, credential().getToken(REQUEST).token());
        assertEquals(List.of(WINDOWS_POWERSHELL), run);
    }

    @Test
    @DisplayName("PS-10 on the path")
    void powerShell_olderElsewhere_isFoundOnThePath() {
        windows.env("SystemRoot", null);
        install("C:\\Tools\\powershell.exe", older, success());
        assertEquals(TOKEN, credential().getToken(REQUEST).token());
    }

    @Test
    @DisplayName("PS-11")
    void powerShell_newerWithoutModule_leavesItToTheOlder() {
        install("C:\\Tools\\pwsh.exe", tool, ToolReply.output(PowerShellScript.MODULE_MISSING));
        install(WINDOWS_POWERSHELL, older, success());
        assertEquals(TOKEN, credential().getToken(REQUEST).token());
        assertEquals(List.of("C:\\Tools\\pwsh.exe", WINDOWS_POWERSHELL), run);
    }

    @Test
    @DisplayName("PS-12")
    void powerShell_bothWithoutModule_saysSoOfBoth() {
        install("C:\\Tools\\pwsh.exe", tool, ToolReply.output(PowerShellScript.MODULE_MISSING));
        install(WINDOWS_POWERSHELL, older, ToolReply.output(PowerShellScript.MODULE_MISSING));
        String module = " has no module Az.Accounts of version 2.2.0 or later";
        isUnavailable(
                credential(),
                REQUEST,
                NAME + "C:\\Tools\\pwsh.exe" + module + "; " + WINDOWS_POWERSHELL + module
                        + ". Install it: `Install-Module Az.Accounts -Scope CurrentUser`.");
    }

    @Test
    @DisplayName("PS-12 not signed in")
    void powerShell_newerNotSignedIn_isNotLeftToTheOlder() {
        install("C:\\Tools\\pwsh.exe", tool, ToolReply.failure("Run Connect-AzAccount to login."));
        install(WINDOWS_POWERSHELL, older, success());
        isUnavailable(
                credential(),
                REQUEST,
                NAME + "nobody is signed in to PowerShell (Run Connect-AzAccount to login.). Run `Connect-AzAccount`.");
    }

    @Test
    @DisplayName("PS-12 one deadline")
    void powerShell_newerTakesAllTheTime_leavesNoneForTheOlder() {
        install("C:\\Tools\\pwsh.exe", tool, ToolReply.hang());
        install(WINDOWS_POWERSHELL, older, success());
        windows.processTimeout(Duration.ofMillis(300));
        failure(credential(), REQUEST);
        assertEquals(List.of("C:\\Tools\\pwsh.exe"), run);
    }

    @Test
    @DisplayName("CLI-61")
    void az_batchFile_isChosenOverTheScriptBesideIt() {
        files.put("C:\\Tools\\az", "not asked");
        install("C:\\Tools\\az.cmd", tool, ToolReply.azToken(TOKEN, expiry));
        assertEquals(TOKEN, az().getToken(REQUEST).token());
        assertEquals(List.of("C:\\Tools\\az.cmd"), run);
    }

    @Test
    @DisplayName("CLI-61 well-known directories")
    void az_notOnThePath_isFoundWhereItsInstallerPutsIt() {
        windows.env("ProgramFiles", "C:\\Program Files").env("ProgramFiles(x86)", "C:\\Program Files (x86)");
        install("C:\\Program Files\\Microsoft SDKs\\Azure\\CLI2\\wbin\\az.cmd", tool, ToolReply.azToken(TOKEN, expiry));
        assertEquals(TOKEN, az().getToken(REQUEST).token());
    }

    /** The real runner, which finds no directory to start in. */
    @Test
    @DisplayName("CLI-62")
    void az_withoutSystemRoot_isUnavailable() {
        windows.env("SystemRoot", null);
        files.put("C:\\Tools\\az.cmd", "C:\\Tools\\az.cmd");
        runner = CommandRunner.of(windows);
        isUnavailable(
                az(),
                REQUEST,
                "AzureCliCredential: Azure CLI found at C:\\Tools\\az.cmd but could not be started: SystemRoot is not set."
                        + " Check the installation." + AzureCliFixture.INSTALL);
    }

    @Test
    void azd_program_isChosenOverTheBatchFile() {
        files.put("C:\\Tools\\azd.cmd", "not asked");
        install("C:\\Tools\\azd.exe", tool, ToolReply.azdToken(TOKEN, expiry));
        AzureDeveloperCliCredential azd = AzureDeveloperCliCredential.builder()
                .context(windows)
                .programs(this)
                .build();
        assertEquals(TOKEN, azd.getToken(REQUEST).token());
    }

    @Test
    void configuration_isInTheUsersFolder() {
        Environment environment = windows.environment();
        assertTrue(ToolDirectories.isWindows(environment));
        assertFalse(ToolDirectories.isWindows(context.environment()));
        assertEquals(
                List.of("C:\\Users\\u\\.azure\\x", "C:\\Users\\u\\.azure\\y"),
                ToolDirectories.configuration(environment, "AZURE_CONFIG_DIR", ".azure", "x", "y"));
        assertEquals(
                List.of("E:\\cfg\\x"),
                ToolDirectories.configuration(
                        environment.with("AZURE_CONFIG_DIR", "E:\\cfg"), "AZURE_CONFIG_DIR", ".azure", "x"));
        assertEquals(
                List.of("/home/u/.azure/x"),
                ToolDirectories.configuration(
                        Environment.of(Map.of("HOME", "/home/u")), "AZURE_CONFIG_DIR", ".azure", "x"));
        assertEquals(
                List.of("/home/p/.azure/x"),
                ToolDirectories.configuration(
                        Environment.of(Map.of(), Map.of("user.home", "/home/p")), "AZURE_CONFIG_DIR", ".azure", "x"));
    }

    private AzureCliCredential az() {
        return AzureCliCredential.builder().context(windows).programs(this).build();
    }
}
