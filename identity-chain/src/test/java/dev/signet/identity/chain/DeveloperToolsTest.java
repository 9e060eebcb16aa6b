// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.signet.identity.AccessToken;
import dev.signet.identity.Attempt;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.testkit.ScriptedTool;
import dev.signet.identity.testkit.ToolReply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The chain's settings reach the tools, and what the tools answer leads on as it should: the real family, fake tools. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs shell scripts")
class DeveloperToolsTest {
    private static final TokenRequestContext REQUEST = TokenRequestContext.of("https://vault.azure.net/.default");
    private static final Instant EXPIRY = Instant.parse("2036-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private final Map<String, String> variables = new HashMap<>();
    private ScriptedTool az;
    private ScriptedTool azd;
    private ScriptedTool pwsh;

    @BeforeEach
    void install() {
        az = ScriptedTool.install(directory, "az").always(ToolReply.azToken("of-az", EXPIRY));
        pwsh = ScriptedTool.install(directory, "pwsh").always(ToolReply.powerShellToken("of-pwsh", EXPIRY));
        azd = ScriptedTool.install(directory, "azd").always(ToolReply.azdToken("of-azd", EXPIRY));
        variables.putAll(az.environment());
        variables.put("AZURE_TOKEN_CREDENTIALS", "AzureCli, AzurePowerShell, AzureDeveloperCli");
    }

    @AfterEach
    void end() {
        List.of(az, azd, pwsh).forEach(ScriptedTool::close);
    }

    private DefaultAzureCredentialBuilder builder() {
        return DefaultAzureCredential.builder().environment(Environment.of(variables));
    }

    private AccessToken token(DefaultAzureCredentialBuilder builder, TokenRequestContext request) {
        return builder.build().getToken(request);
    }

    private void failAll(ToolReply reply) {
        az.always(reply);
        azd.always(reply);
        pwsh.always(reply);
    }

    @Test
    void getToken_default_isOfTheFirstTool() {
        assertEquals("AzureCliCredential", token(builder(), REQUEST).credentialName());
        assertEquals(List.of(), azd.runs());
    }

    @Test
    void getToken_order_isAzPowerShellAzd() {
        az.always(ToolReply.failure("ERROR: Please run 'az login' to setup account."));
        assertEquals("AzurePowerShellCredential", token(builder(), REQUEST).credentialName());
        pwsh.always(ToolReply.failure("Run Connect-AzAccount to login."));
        assertEquals("AzureDeveloperCliCredential", token(builder(), REQUEST).credentialName());
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                argumentSet("AADSTS", ToolReply.failure("ERROR: AADSTS50076: more"), Outcome.REJECTED),
                argumentSet("exit code", ToolReply.failure("ERROR: broken"), Outcome.REJECTED),
                argumentSet("nothing", ToolReply.output(""), Outcome.REJECTED),
                argumentSet("no JSON", ToolReply.output("Hello there"), Outcome.REJECTED),
                argumentSet("no expiry", ToolReply.output("{\"accessToken\":\"x\"}"), Outcome.REJECTED),
                argumentSet(
                        "expired", ToolReply.azToken("x", Instant.parse("2020-01-01T00:00:00Z")), Outcome.TRANSIENT),
                argumentSet("flood", ToolReply.output("").endlessOutput(), Outcome.REJECTED),
                argumentSet("hang", ToolReply.hang(), Outcome.UNAVAILABLE));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void getToken_firstToolRefused_goesOnWithTheNextAndSaysWhy(ToolReply reply, Outcome outcome) {
        az.always(reply);
        DefaultAzureCredential chain =
                builder().processTimeout(Duration.ofSeconds(2)).build();

        assertEquals("AzurePowerShellCredential", chain.getToken(REQUEST).credentialName());

        Attempt first = chain.lastReport().orElseThrow().attempts().get(0);
        ClientAuthenticationException direct = assertThrows(
                ClientAuthenticationException.class,
                () -> token(builder().sources("AzureCli").processTimeout(Duration.ofSeconds(2)), REQUEST));
        assertEquals(outcome, first.outcome());
        String reason = direct.attempts().get(0).reason().replaceAll("ended after .*", "");
        assertTrue(first.reason().startsWith(reason), first.reason() + " instead of " + reason);
    }

    @Test
    void getToken_claims_areLeftToTheToolThatKnowsThem() {
        AccessToken token = token(builder(), REQUEST.withClaims("{\"access_token\":{}}"));
        assertEquals("AzureDeveloperCliCredential", token.credentialName());
        assertEquals(List.of(), az.runs());
        assertTrue(azd.lastRun().arguments().contains("--claims"));
    }

    @Test
    void getToken_severalScopes_areLeftToTheToolThatTakesThem() {
        AccessToken token = token(builder(), TokenRequestContext.of("a", "b"));
        assertEquals("AzureDeveloperCliCredential", token.credentialName());
        assertEquals(List.of(), pwsh.runs());
    }

    @Test
    void getToken_nothingInstalled_namesEveryToolAndHowToGetIt() {
        variables.put("PATH", directory.resolve("empty").toString());
        CredentialUnavailableException failure =
                assertThrows(CredentialUnavailableException.class, () -> token(builder(), REQUEST));
        assertEquals(
                """
                 1 AzureCliCredential           unavailable   Azure CLI not found: no az on PATH. Install it \
                (https://learn.microsoft.com/cli/azure/install-azure-cli) and run `az login`.
                 2 AzurePowerShellCredential    unavailable   PowerShell not found: no pwsh on PATH. Install PowerShell and \
                the module Az.Accounts (https://learn.microsoft.com/powershell/azure/install-azure-powershell) and run \
                `Connect-AzAccount`.
                 3 AzureDeveloperCliCredential  unavailable   Azure Developer CLI not found: no azd on PATH. Install it \
                (https://learn.microsoft.com/azure/developer/azure-developer-cli/install-azd) and run `azd auth login`.
                Selection: AZURE_TOKEN_CREDENTIALS=AzureCli, AzurePowerShell, AzureDeveloperCli""".strip(),
                failure.getMessage()
                        .lines()
                        .skip(1)
                        .reduce((one, other) -> one + "\n" + other)
                        .orElseThrow()
                        .strip());
    }

    @Test
    void processTimeout_reachesEveryTool() {
        failAll(ToolReply.hang());
        DefaultAzureCredential chain =
                builder().processTimeout(Duration.ofMillis(250)).build();
        assertThrows(CredentialUnavailableException.class, () -> chain.getToken(REQUEST));
        for (Attempt attempt : chain.lastReport().orElseThrow().attempts()) {
            assertTrue(attempt.reason().contains("did not answer within 0.25 s"), attempt.reason());
        }
    }

    @Test
    void tenant_inCode_reachesEveryTool() {
        variables.put("AZURE_TENANT_ID", "variable");
        failAll(ToolReply.failure("no"));
        tenantsAre("code", builder().tenantId("code"), REQUEST);
    }

    @Test
    void tenant_ofVariable_reachesEveryTool() {
        variables.put("AZURE_TENANT_ID", "variable");
        failAll(ToolReply.failure("no"));
        tenantsAre("variable", builder(), REQUEST);
    }

    @Test
    void tenant_ofOneTool_reachesIt() {
        token(builder().tenantId("all").tenantId("AzureCliCredential", "one"), REQUEST);
        assertTrue(az.lastRun().arguments().contains("one"));
    }

    @Test
    void tenants_allowedInCodeOrByVariable_reachEveryTool() {
        failAll(ToolReply.failure("no"));
        TokenRequestContext request = REQUEST.withTenantId("other");
        tenantsAre("other", builder().tenantId("own").additionallyAllowedTenants("other"), request);
        variables.put("AZURE_TENANT_ID", "own");
        variables.put("AZURE_ADDITIONALLY_ALLOWED_TENANTS", "x;other");
        tenantsAre("other", builder(), request);
    }

    @Test
    void tenant_notAllowed_isRefusedByEveryTool() {
        DefaultAzureCredential chain = builder().tenantId("own").build();
        assertThrows(ClientAuthenticationException.class, () -> chain.getToken(REQUEST.withTenantId("other")));
        for (Attempt attempt : chain.lastReport().orElseThrow().attempts()) {
            assertEquals("it is not configured to get tokens for tenant other", attempt.reason());
        }
        assertEquals(List.of(), az.runs());
    }

    private void tenantsAre(String tenant, DefaultAzureCredentialBuilder builder, TokenRequestContext request) {
        assertThrows(ClientAuthenticationException.class, () -> token(builder, request));
        assertEquals(List.of("--tenant", tenant), lastTwo(az));
        assertEquals(List.of("--tenant-id", tenant), lastTwo(azd));
        String script = new String(
                java.util.Base64.getDecoder().decode(lastTwo(pwsh).get(1)), java.nio.charset.StandardCharsets.UTF_16LE);
        assertTrue(script.contains("$parameters['TenantId'] = '" + tenant + "'"), script);
    }

    private static List<String> lastTwo(ScriptedTool tool) {
        List<String> arguments = tool.lastRun().arguments();
        return arguments.subList(arguments.size() - 2, arguments.size());
    }

    @Test
    void tenantVariable_malformed_isReportedAndPassedOver() {
        variables.put("AZURE_TENANT_ID", "a b");
        DefaultAzureCredential chain = builder().build();
        assertThrows(ClientAuthenticationException.class, () -> chain.getToken(REQUEST));
        Attempt first = chain.lastReport().orElseThrow().attempts().get(0);
        assertEquals(Outcome.MISCONFIGURED, first.outcome());
        assertEquals("AZURE_TENANT_ID must be a tenant id or a domain name", first.reason());
    }

    @Test
    void settings_ofOneTool_reachIt() {
        token(builder().setting("AzureCli", "subscription", "My Sub"), REQUEST);
        assertEquals(List.of("--subscription", "My Sub"), lastTwo(az));
        Properties properties = new Properties();
        properties.setProperty("signet.credential.AzureCliCredential.cacheFor", "PT5M");
        properties.setProperty("signet.process-timeout", "5");
        DefaultAzureCredential chain = builder().properties(properties).build();
        int before = az.runs().size();
        chain.getToken(REQUEST);
        chain.getToken(REQUEST);
        assertEquals(before + 1, az.runs().size());
    }
}
