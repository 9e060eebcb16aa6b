// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.testkit.ToolReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureDeveloperCliCredentialTest extends ToolFixture {
    private static final String NAME = "AzureDeveloperCliCredential: ";
    private static final String BY_HAND = " Try it by hand: `azd auth token --output json`.";
    private static final String NO_TOKEN = NAME + "azd ended well but wrote no token that can be read, it wrote ";
    private static final String NOT_LOGGED_IN = "not logged in, run `azd auth login` to login";
    private static final String AADSTS = "AADSTS90002: Tenant 'x' not found.";

    @Override
    String toolName() {
        return "azd";
    }

    @Override
    TokenCredential credential() {
        return builder().build();
    }

    private AzureDeveloperCliCredential.Builder builder() {
        return AzureDeveloperCliCredential.builder().context(context);
    }

    @Override
    ToolReply success() {
        return ToolReply.azdToken(TOKEN, expiry);
    }

    private static String console(String message) {
        return "{\"type\":\"consoleMessage\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"data\":{\"message\":\""
                + message.replace("\n", "\\n").replace("\"", "\\\"") + "\"}}\n";
    }

    @Test
    @DisplayName("AZD-01")
    void getToken_scopesAndTenant_areArguments() {
        tool.always(success());
        AzureDeveloperCliCredential credential = builder().tenantId(TENANT).build();

        assertEquals(
                TOKEN,
                credential
                        .getToken(TokenRequestContext.of(SCOPE, "api://other/User.Read"))
                        .token());

        assertEquals(
                List.of(
                        "auth",
                        "token",
                        "--output",
                        "json",
                        "--no-prompt",
                        "--scope",
                        SCOPE,
                        "--scope",
                        "api://other/User.Read",
                        "--tenant-id",
                        TENANT),
                tool.lastRun().arguments());
        Map<String, String> variables = tool.lastRun().variables();
        assertEquals("true", variables.get("NO_COLOR"));
        assertEquals("true", variables.get("AZD_SKIP_UPDATE_CHECK"));
        givesToken(success());
    }

    @ParameterizedTest(name = "AZD-02 {0}")
    @CsvSource({
        "2030-01-02T03:04:05Z, 2030-01-02T03:04:05Z",
        "2030-01-02T03:04:05+02:00, 2030-01-02T01:04:05Z",
        "2030-01-02T03:04:05.123456789Z, 2030-01-02T03:04:05Z"
    })
    void expiry_anyOffsetAndFraction_isRead(String written, Instant expected) {
        tool.always(ToolReply.output("{\"token\":\"" + TOKEN + "\",\"expiresOn\":\"" + written + "\"}"));
        givesToken(credential(), TOKEN, expected);
    }

    @ParameterizedTest(name = "AZD-03 {0}")
    @ValueSource(strings = {"\"2030-01-02T03:04:05\"", "\"2030-01-02 03:04:05\"", "1999999999", "null", "\"\""})
    void expiry_otherwise_isRefused(String member) {
        tool.always(ToolReply.output("{\"token\":\"" + TOKEN + "\",\"expiresOn\":" + member + "}"));
        isRefused(credential(), REQUEST, NAME + "azd wrote a token without an expiry that can be read." + BY_HAND);
    }

    @Test
    @DisplayName("AZD-04")
    void output_bareToken_isNotShown() {
        tool.always(ToolReply.output(TOKEN + "\n"));
        isRefused(credential(), REQUEST, NO_TOKEN + "a bare word." + BY_HAND);
        tool.always(ToolReply.output("{\"token\": \"" + TOKEN));
        isRefused(credential(), REQUEST, NO_TOKEN + "something else: {\"token\": \"***." + BY_HAND);
    }

    static Stream<Arguments> notSignedIn() {
        String login = "nobody is signed in to Azure Developer CLI (" + NOT_LOGGED_IN + "). Run `azd auth login`.";
        return Stream.of(
                argumentSet("AZD-05", "ERROR: " + NOT_LOGGED_IN + "\n", login),
                argumentSet("AZD-05 console", console("\nERROR: " + NOT_LOGGED_IN + "\n"), login),
                argumentSet("AZD-08", "{\"error\":\"" + NOT_LOGGED_IN + "\"}\n", login),
                argumentSet(
                        "AZD-08 old command",
                        "{\"error\":\"not logged in, run `azd login`\"}",
                        "nobody is signed in to Azure Developer CLI (not logged in, run `azd login`). Run"
                                + " `azd auth login`."),
                argumentSet(
                        "sign-in expired",
                        "{\"error\":\"reauthentication required\"}",
                        "nobody is signed in to Azure Developer CLI (reauthentication required). Run `azd auth login`."));
    }

    @ParameterizedTest
    @MethodSource("notSignedIn")
    void getToken_notSignedIn_saysWhatToType(String errors, String message) {
        tool.always(ToolReply.failure(errors));
        isUnavailable(credential(), REQUEST, NAME + message);
    }

    static Stream<Arguments> refused() {
        String known = "Entra refused Azure Developer CLI: " + AADSTS + " Check the tenant id and the authority host.";
        return Stream.of(
                argumentSet(
                        "AZD-06",
                        console("\nERROR: fetching token: " + AADSTS + "\n"),
                        known.replace(AADSTS, "fetching token: " + AADSTS)),
                argumentSet(
                        "AZD-07",
                        console("\n") + "{\"error\":\"" + AADSTS
                                + "\",\"suggestion\":\"Run 'azd auth login' to log in.\",\"links\":[]}\n",
                        known),
                argumentSet(
                        "AZD-07 login hint in the error",
                        "{\"error\":\"" + AADSTS + " run azd auth login\"}",
                        "Entra refused Azure Developer CLI: " + AADSTS
                                + " run azd auth login. Check the tenant id and the" + " authority host."),
                argumentSet(
                        "AZD-09 number", "{\"error\":42}", "azd failed with exit code 1: {\"error\":42}." + BY_HAND),
                argumentSet(
                        "AZD-09 broken", "{\"error\":\"x\n", "azd failed with exit code 1: {\"error\":\"x." + BY_HAND),
                argumentSet(
                        "suggestion for people only",
                        "{\"error\":\"no project\",\"suggestion\":\"Run 'azd auth login' first.\"}",
                        "azd failed with exit code 1: no project. Run 'azd auth login' first."),
                argumentSet(
                        "several messages",
                        console("one") + console(" ") + console("\nERROR: two"),
                        "azd failed with exit code 1: one two." + BY_HAND),
                argumentSet(
                        "subscription of the environment",
                        "ERROR: getting the subscription from system environment (AZURE_SUBSCRIPTION_ID): no\n",
                        "azd failed with exit code 1: getting the subscription from system environment"
                                + " (AZURE_SUBSCRIPTION_ID): no." + BY_HAND));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void getToken_otherFailure_isARefusal(String errors, String message) {
        tool.always(ToolReply.failure(errors));
        ClientAuthenticationException failure = isRefused(credential(), REQUEST, NAME + message);
        assertEquals(Outcome.REJECTED, failure.outcome());
        assertEquals(
                message.contains("AADSTS") ? List.of(90002) : List.of(),
                failure.details().aadstsCodes());
    }

    @Test
    @DisplayName("AZD-10")
    void claims_toolTooOld_saysWhichVersion() {
        TokenRequestContext request = REQUEST.withClaims(CLAIMS);
        for (String said : List.of("ERROR: unknown flag: --claims\n", "flag provided but not defined: -claims\n")) {
            tool.always(ToolReply.failure(said));
            isUnavailable(
                    credential(), request, NAME + "this azd does not know claims. Update azd to 1.18.1 or later.");
        }
        List<String> arguments = tool.lastRun().arguments();
        assertEquals(List.of("--claims", CLAIMS_BASE64), arguments.subList(arguments.size() - 2, arguments.size()));
    }

    @Test
    @DisplayName("AZD-11")
    void claims_signInNeeded_isARefusalInTheToolsWords() {
        tool.always(ToolReply.failure("{\"error\":\"reauthentication required, run `azd auth login --scope x`\"}"));
        isRefused(
                credential(),
                REQUEST.withClaims(CLAIMS),
                NAME + "azd failed with exit code 1: reauthentication required, run `azd auth login --scope x`. Run"
                        + " `azd auth login`.");
    }

    @Test
    void claims_satisfied_giveAToken() {
        tool.always(success());
        assertEquals(TOKEN, credential().getToken(REQUEST.withClaims(CLAIMS)).token());
    }

    @Test
    @DisplayName("AZD-12")
    void getToken_toolWithoutCommand_isTooOld() {
        tool.always(ToolReply.failure("ERROR: unknown command \"auth\" for \"azd\"\n"));
        isUnavailable(credential(), REQUEST, NAME + "this azd is too old to give tokens. Update azd.");
    }

    @Test
    @DisplayName("AZD-13")
    void output_bannerOnTheOtherStream_doesNotMatter() {
        givesToken(success().errors("WARNING: your version of azd is out of date\n"));
    }

    @Test
    @DisplayName("AZD-14")
    void output_progressBefore_doesNotMatter() {
        tool.always(ToolReply.output(
                console("Fetching token") + "{\"token\":\"" + TOKEN + "\",\"expiresOn\":\"2030-01-02T03:04:05Z\"}\n"));
        givesToken(credential(), TOKEN, Instant.parse("2030-01-02T03:04:05Z"));
    }

    @Test
    @DisplayName("AZD-15")
    void getToken_badScopeAmongOthers_isIllegal() {
        assertThrows(IllegalArgumentException.class, () -> TokenRequestContext.of(List.of()));
        isIllegal(
                credential(),
                TokenRequestContext.of(SCOPE, "--help"),
                NAME + "a scope must consist of letters, digits and . : / _ -, not start with - and have at most 1024"
                        + " characters");
        assertEquals(0, runs());
    }

    @Test
    @DisplayName("AZD-16")
    void getToken_toolThatAsks_isToldNotTo() {
        tool.always(success().before("case \" $* \" in *' --no-prompt '*) ;; *) sleep 60; exit 1;; esac"));
        assertEquals(TOKEN, credential().getToken(REQUEST).token());
    }

    @Test
    void getToken_noTool_saysHowToInstallIt() {
        context.env("PATH", "/nowhere");
        isUnavailable(
                credential(),
                REQUEST,
                NAME + "Azure Developer CLI not found: no azd on PATH. Install it"
                        + " (https://learn.microsoft.com/azure/developer/azure-developer-cli/install-azd) and run"
                        + " `azd auth login`.");
    }

    @Test
    void getToken_hangs_isCutOff() {
        tool.always(ToolReply.hang());
        isUnavailable(
                builder().processTimeout(Duration.ofMillis(300)).build(),
                REQUEST,
                NAME
                        + "azd did not answer within 0.3 s (processTimeout), ended after <n> s. Set a longer processTimeout"
                        + " if it is only slow; try it by hand to see what it waits for.");
    }

    @Test
    void getToken_tenants_areCheckedAsElsewhere() {
        tool.always(success());
        builder().tenantId("organizations").build().getToken(REQUEST);
        assertTrue(!tool.lastRun().arguments().contains("--tenant-id"));
        isRefused(
                builder().tenantId(TENANT).build(),
                REQUEST.withTenantId("fabrikam"),
                NAME + "it is not configured to get tokens for tenant fabrikam. Add the tenant, or *, to"
                        + " additionallyAllowedTenants or to AZURE_ADDITIONALLY_ALLOWED_TENANTS.");
        tool.always(ToolReply.failure(NOT_LOGGED_IN));
        assertEquals(
                Optional.of("Run `azd auth login --tenant-id " + TENANT + "`."),
                failure(builder().tenantId(TENANT).build(), REQUEST).details().remedy());
    }
}
