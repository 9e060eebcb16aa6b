// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.core.JsonObject;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.testkit.Application;
import dev.signet.identity.testkit.EmbeddedAuthority;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.ScriptedTool;
import dev.signet.identity.testkit.ToolReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignetTest {
    private static final String SCOPE = "https://vault.azure.net/.default";

    private EmbeddedCloud cloud;

    @BeforeEach
    void startCloud() {
        cloud = EmbeddedCloud.start();
    }

    @AfterEach
    void stopCloud() {
        cloud.assertNoViolations();
        cloud.close();
    }

    @Test
    void token_onVirtualMachine_saysWhoGaveItButNotTheToken() {
        CommandRun run = CommandRun.of(cloud.imds().environment(), "token", "--scope", SCOPE);
        assertEquals(0, run.exitCode, run.err);
        assertTrue(run.out.contains("credential:  ManagedIdentityCredential"), run.out);
        assertTrue(run.out.contains("scopes:      " + SCOPE), run.out);
        assertTrue(run.out.contains("tenant:      " + EmbeddedAuthority.DEFAULT_TENANT), run.out);
        assertFalse(run.out.contains("eyJ"), run.out);
    }

    @Test
    void token_raw_printsTheBareToken() {
        CommandRun run = CommandRun.of(cloud.imds().environment(), "token", "--scope", SCOPE, "--raw");
        assertEquals(0, run.exitCode, run.err);
        assertTrue(run.out.startsWith("eyJ") && run.out.lines().count() == 1, run.out);
    }

    @Test
    void token_json_hasTheDocumentedMembers() {
        CommandRun run = CommandRun.of(cloud.imds().environment(), "token", "--scope", SCOPE, "--output", "json");
        JsonObject json = json(run);
        assertEquals("ManagedIdentityCredential", json.string("credential").orElseThrow());
        assertEquals("Bearer", json.string("tokenType").orElseThrow());
        assertTrue(Instant.parse(json.string("expiresOn").orElseThrow())
                .isAfter(Instant.parse(json.string("refreshOn").orElseThrow())));
        assertEquals(EmbeddedAuthority.DEFAULT_TENANT, json.string("tenantId").orElseThrow());
        assertEquals(List.of(SCOPE), json.strings("scopes"));
        assertFalse(json.has("token"));
    }

    @Test
    void token_jsonWithShowToken_hasTheToken() {
        CommandRun run = CommandRun.of(
                cloud.imds().environment(), "token", "--scope", SCOPE, "--output", "json", "--show-token");
        assertTrue(json(run).string("token").orElseThrow().startsWith("eyJ"));
    }

    @Test
    void token_ofPod_needsTheAuthoritysCertificate(@TempDir Path directory) throws IOException {
        EmbeddedAuthority authority = cloud.authority();
        Application application = authority.registerApplication(Application.builder(
                        "6c1d8f1e-2b0a-4f7d-9c55-3e1f0a7b9d20")
                .federatedCredential("https://issuer.example", "subject", EmbeddedAuthority.TOKEN_EXCHANGE_AUDIENCE)
                .build());
        Path assertion = Files.writeString(
                directory.resolve("token"),
                authority.assertionFor(application.federatedCredentials().get(0)));
        Map<String, String> environment = new HashMap<>(authority.environment(application, assertion));
        CommandRun untrusted = CommandRun.of(environment, "token", "--credential", "WorkloadIdentity");
        assertEquals(Signet.FAILED, untrusted.exitCode, untrusted.err);
        Path ca = authority.certificateAuthority().writePem(directory.resolve("ca.pem"));
        CommandRun byOption =
                CommandRun.of(environment, "token", "--credential", "WorkloadIdentity", "--ca-file", ca.toString());
        assertEquals(0, byOption.exitCode, byOption.err);
        environment.put("SIGNET_CA_FILE", ca.toString());
        CommandRun byVariable = CommandRun.of(environment, "token", "--credential", "WorkloadIdentity");
        assertEquals(0, byVariable.exitCode, byVariable.err);
        assertTrue(byVariable.out.contains("credential:  WorkloadIdentityCredential"), byVariable.out);
    }

    @Test
    void token_clientId_reachesManagedIdentity() {
        CommandRun run = CommandRun.of(
                cloud.imds().environment(),
                "token",
                "--credential",
                "ManagedIdentityCredential",
                "--client-id",
                "6c1d8f1e-2b0a-4f7d-9c55-3e1f0a7b9d20");
        assertEquals(Signet.FAILED, run.exitCode, "the host has no such identity: " + run.out);
        assertEquals(
                "6c1d8f1e-2b0a-4f7d-9c55-3e1f0a7b9d20",
                cloud.imds().script().requests().get(0).query("client_id").orElseThrow());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"not-there.pem", "empty.pem"})
    void token_badCaFile_isAUsageError(String name, @TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("empty.pem"), "");
        CommandRun run = CommandRun.of(
                Map.of(), "token", "--ca-file", directory.resolve(name).toString());
        assertEquals(Signet.USAGE, run.exitCode);
        assertTrue(run.err.contains("--ca-file"), run.err);
    }

    @Test
    void doctor_withoutAnything_namesEveryKnownCredential() {
        cloud.imds().script().always(Reply.status(404));
        CommandRun run = CommandRun.of(Map.of("AZURE_TOKEN_CREDENTIALS", "WorkloadIdentityCredential"), "doctor");
        assertEquals(Signet.UNAVAILABLE, run.exitCode, run.err);
        assertTrue(run.out.contains("AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE not set"), run.out);
    }

    /** No tool is found, so none is run: this is as quick as looking into an empty directory. */
    @Test
    void doctor_withoutDeveloperTools_namesEachAndHowToInstallIt(@TempDir Path empty) {
        CommandRun run =
                CommandRun.of(Map.of("PATH", empty.toString()), "doctor", "--credential", "dev", "--output", "json");
        assertEquals(Signet.UNAVAILABLE, run.exitCode, run.err);
        Map<String, String> installs = Map.of(
                "AzureCliCredential", "learn.microsoft.com/cli/azure/install-azure-cli",
                "AzurePowerShellCredential", "learn.microsoft.com/powershell/azure/install-azure-powershell",
                "AzureDeveloperCliCredential", "learn.microsoft.com/azure/developer/azure-developer-cli/install-azd");
        List<JsonObject> attempts = JsonObject.parse(run.out.getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .objects("attempts");
        for (JsonObject attempt : attempts) {
            String name = attempt.string("name").orElseThrow();
            assertEquals("unavailable", attempt.string("outcome").orElseThrow());
            if (installs.containsKey(name)) {
                assertTrue(attempt.string("reason").orElseThrow().contains(" not found: no "), run.out);
                assertTrue(attempt.string("remedy").orElseThrow().contains(installs.get(name)), run.out);
            }
        }
        assertTrue(attempts.size() >= installs.size(), run.out);
        assertEquals(
                3,
                attempts.stream()
                        .filter(attempt ->
                                installs.containsKey(attempt.string("name").orElseThrow()))
                        .count());
    }

    @Test
    void token_ofScriptedAzureCli_isItsToken(@TempDir Path directory) {
        try (ScriptedTool az = ScriptedTool.install(directory, "az")) {
            az.always(ToolReply.azToken("token-of-az", Instant.parse("2036-01-01T00:00:00Z")));
            CommandRun run = CommandRun.of(
                    az.environment(), "token", "--credential", "AzureCli", "--tenant", "contoso.com", "--raw");
            assertEquals(0, run.exitCode, run.err);
            assertEquals("token-of-az", run.out.strip());
            assertTrue(az.lastRun().arguments().contains("contoso.com"));
        }
    }

    @Test
    void doctor_bareLinux_saysWhyThereIsNoBroker() {
        Environment bare = Environment.of(
                Map.of("AZURE_TOKEN_CREDENTIALS", "VisualStudioCode,Broker", "XDG_RUNTIME_DIR", "/nowhere"),
                Map.of("os.name", "Linux", "user.home", "/nowhere"));
        CommandRun run = CommandRun.in(bare, "doctor");
        assertEquals(Signet.UNAVAILABLE, run.exitCode, run.err);
        assertTrue(run.out.contains("nobody signed in to Visual Studio Code"), run.out);
        assertTrue(run.out.contains("there is no session bus: DBUS_SESSION_BUS_ADDRESS is not set"), run.out);
        assertTrue(run.out.contains("Sign in with 'az login'"), run.out);
    }

    @Test
    void doctor_json_hasTheDocumentedMembers() {
        CommandRun run = CommandRun.of(cloud.imds().environment(), "doctor", "--scope", SCOPE, "--output", "json");
        assertEquals(0, run.exitCode, run.err);
        JsonObject json = json(run);
        assertEquals(SCOPE, json.string("scope").orElseThrow());
        assertEquals("ManagedIdentityCredential", json.string("selected").orElseThrow());
        assertEquals(
                "AZURE_TOKEN_CREDENTIALS unset",
                json.object("selection").orElseThrow().string("source").orElseThrow());
        JsonObject workload = json.objects("attempts").stream()
                .filter(attempt -> attempt.string("name").orElse("").equals("WorkloadIdentityCredential"))
                .findFirst()
                .orElseThrow();
        assertEquals("deployed", workload.string("category").orElseThrow());
        assertEquals("200", workload.scalar("order").orElseThrow());
        assertEquals("unavailable", workload.string("outcome").orElseThrow());
        assertTrue(workload.has("reason") && workload.has("remedy") && workload.has("durationMs"));
    }

    @Test
    void providers_listsAllFamilies() {
        CommandRun run = CommandRun.of(Map.of("AZURE_TOKEN_CREDENTIALS", "prod"), "providers");
        assertEquals(0, run.exitCode, run.err);
        assertTrue(run.out.contains("BrokerCredential              developer   1000  no       "), run.out);
        assertFalse(run.out.contains("not installed"), run.out);
        assertTrue(run.out.contains("Selection: AZURE_TOKEN_CREDENTIALS=prod"), run.out);
        assertEquals(0, cloud.requests().size());
    }

    @Test
    void providers_json_saysWhatSelected() {
        CommandRun run = CommandRun.of(Map.of("AZURE_TOKEN_CREDENTIALS", "prod"), "providers", "--output", "json");
        JsonObject managed = json(run).objects("providers").stream()
                .filter(row -> row.string("name").orElse("").equals("ManagedIdentityCredential"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "AZURE_TOKEN_CREDENTIALS=prod", managed.string("selectedBy").orElseThrow());
        assertEquals("300", managed.scalar("order").orElseThrow());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "AZURE_TOKEN_CREDENTIALS|managdidentity|did you mean ManagedIdentityCredential?",
                "AZURE_LOG_LEVEL|loud|AZURE_LOG_LEVEL must be verbose",
                "AZURE_AUTHORITY_HOST|http://login.example|AZURE_AUTHORITY_HOST must use https"
            })
    void token_wrongVariable_isAUsageErrorThatNamesIt(String name, String value, String message) {
        Map<String, String> environment = new HashMap<>(cloud.imds().environment());
        environment.put(name, value);
        CommandRun run = CommandRun.of(environment, "token");
        assertEquals(Signet.USAGE, run.exitCode, run.err);
        assertTrue(run.err.contains(message), run.err);
        assertEquals(0, cloud.requests().size());
    }

    @Test
    void demo_runs() {
        CommandRun run = CommandRun.of(Map.of(), "demo");
        assertEquals(0, run.exitCode, run.err);
        assertTrue(run.out.contains("Token from ManagedIdentityCredential"), run.out);
        assertTrue(run.out.contains("Token from WorkloadIdentityCredential"), run.out);
        assertTrue(run.out.contains("AADSTS700213"), run.out);
        assertFalse(run.out.contains("eyJ"), run.out);
    }

    @Test
    void unknownOption_isAUsageError() {
        CommandRun run = CommandRun.of(Map.of(), "token", "--bogus");
        assertEquals(Signet.USAGE, run.exitCode);
        assertTrue(run.err.contains("--bogus"), run.err);
    }

    @Test
    void exitCode_followsTheKindOfFailure() {
        FailureDetails rejected = FailureDetails.rejected("X", "no").build();
        FailureDetails absent = FailureDetails.unavailable("X", UnavailableReason.NOT_CONFIGURED, "no")
                .build();
        TokenRequestContext request = TokenRequestContext.of(SCOPE);
        assertEquals(1, Signet.exitCode(new ClientAuthenticationException(rejected)));
        assertEquals(2, Signet.exitCode(new IllegalArgumentException("setting")));
        assertEquals(3, Signet.exitCode(new CredentialUnavailableException(absent)));
        assertEquals(4, Signet.exitCode(new AuthenticationRequiredException(absent, request, null)));
    }

    private static JsonObject json(CommandRun run) {
        assertEquals(0, run.exitCode, run.err);
        return JsonObject.parse(run.out.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
