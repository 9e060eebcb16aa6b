// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.testkit.ToolReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzurePowerShellCredentialTest extends ToolFixture {
    private static final String NAME = "AzurePowerShellCredential: ";
    private static final String BY_HAND = " Try it by hand: `Get-AzAccessToken`.";
    private static final String NO_TOKEN = NAME + "pwsh ended well but wrote no token that can be read, it wrote ";
    private static final String NOT_FOUND = NAME + "PowerShell not found: no pwsh on PATH. Install PowerShell and the"
            + " module Az.Accounts (https://learn.microsoft.com/powershell/azure/install-azure-powershell) and run"
            + " `Connect-AzAccount`.";
    private static final String MODULE =
            "has no module Az.Accounts of version 2.2.0 or later. Install it: `Install-Module"
                    + " Az.Accounts -Scope CurrentUser`.";

    /** What the randomness of the test's context, one half, makes of it. */
    private static final String MARK = "signet-80000000000008000000000000";

    @Override
    String toolName() {
        return "pwsh";
    }

    @Override
    TokenCredential credential() {
        return builder().build();
    }

    private AzurePowerShellCredential.Builder builder() {
        return AzurePowerShellCredential.builder().context(context);
    }

    @Override
    ToolReply success() {
        return ToolReply.powerShellToken(TOKEN, expiry);
    }

    private static String block(String token, String expiry) {
        return MARK + "{\"Token\":\"" + token + "\",\"ExpiresOn\":" + expiry + "}" + MARK + "\n";
    }

    @Test
    @DisplayName("PS-01")
    void getToken_plain_runsAnEncodedScript() {
        tool.always(success());
        AzurePowerShellCredential credential = builder().tenantId(TENANT).build();
        assertEquals(TOKEN, credential.getToken(REQUEST).token());

        List<String> arguments = tool.lastRun().arguments();
        assertEquals(
                List.of("-NoProfile", "-NonInteractive", "-OutputFormat", "Text", "-EncodedCommand"),
                arguments.subList(0, 5));
        assertEquals(6, arguments.size());
        String script = new String(Base64.getDecoder().decode(arguments.get(5)), StandardCharsets.UTF_16LE);
        assertTrue(script.contains("ResourceUrl = 'https://storage.azure.com';"), script);
        assertTrue(script.contains("$parameters['TenantId'] = '" + TENANT + "'"), script);
        assertTrue(script.contains("'" + MARK + "'"), script);
        Map<String, String> variables = tool.lastRun().variables();
        assertEquals("Off", variables.get("POWERSHELL_UPDATECHECK"));
        assertEquals("1", variables.get("POWERSHELL_TELEMETRY_OPTOUT"));
        assertEquals("1", variables.get("NO_COLOR"));
        givesToken(success());
    }

    @Test
    void script_whole_isShortEnoughForAnyCommandLine() {
        PowerShellScript script = PowerShellScript.of("a".repeat(1024), "t".repeat(256), () -> 0.999);
        int length = String.join(" ", script.arguments()).length();
        assertTrue(
                script.text().length() < 4000 && length < 16_000, script.text().length() + " " + length);
        assertEquals("signet-ffbe76c8b4395ffbe76c8b4395", script.marker());
        assertTrue(PowerShellScript.of("r", null, () -> 0.5).text().contains("if ('') {"));
    }

    @Test
    @DisplayName("PS-02")
    void output_around_doesNotMatter() {
        tool.always(ToolReply.output("Welcome to {Cloud} Shell\n" + block(TOKEN, "1893456000") + "bye {}\n"));
        givesToken(credential(), TOKEN, Instant.parse("2030-01-01T00:00:00Z"));
    }

    @Test
    @DisplayName("PS-03")
    void output_otherMarker_isIgnored() {
        tool.always(
                ToolReply.output(block("forged", "1893456000").replace(MARK, "signet-0") + block(TOKEN, "1893456000")));
        givesToken(credential(), TOKEN, Instant.parse("2030-01-01T00:00:00Z"));
    }

    @Test
    @DisplayName("PS-04")
    void getToken_moduleMissing_saysHowToInstallIt() {
        tool.always(ToolReply.output(PowerShellScript.MODULE_MISSING + "\r\n"));
        isUnavailable(credential(), REQUEST, NAME + "<dir>/pwsh " + MODULE);
    }

    static Stream<Arguments> absent() {
        return Stream.of(
                argumentSet(
                        "PS-05",
                        "Get-AzAccessToken: Run Connect-AzAccount to login.\n",
                        "nobody is signed in to PowerShell (Get-AzAccessToken: Run Connect-AzAccount to login.). Run"
                                + " `Connect-AzAccount`."),
                argumentSet(
                        "PS-06",
                        "#< CLIXML\n<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">"
                                + "<S S=\"Error\">Get-AzAccessToken : Run _x000D__x000A_</S><S S=\"Error\">"
                                + "Connect-AzAccount to login. &lt;1&gt; &amp;amp; &quot;&apos;</S></Objs>",
                        "nobody is signed in to PowerShell (Get-AzAccessToken : Run Connect-AzAccount to login. <1> &amp;"
                                + " \"'). Run `Connect-AzAccount`."),
                argumentSet(
                        "PS-08",
                        "Import-Module: AuthorizationManager check failed.\n",
                        "PowerShell's execution policy forbids the module Az.Accounts. Look at it:"
                                + " `Get-ExecutionPolicy -List`."));
    }

    @ParameterizedTest
    @MethodSource("absent")
    void getToken_prerequisiteMissing_saysWhatToType(String errors, String message) {
        tool.always(ToolReply.failure(errors));
        isUnavailable(credential(), REQUEST, NAME + message);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                argumentSet(
                        "PS-07",
                        "AADSTS500011: The resource principal named x was not found in the tenant.\n",
                        "Entra refused PowerShell: AADSTS500011: The resource principal named x was not found in the"
                                + " tenant. Check the scope: no resource of that name is known in this tenant."),
                argumentSet(
                        "constrained language mode",
                        "Cannot invoke method. Method invocation is supported only on core types in this language mode.",
                        "pwsh failed with exit code 1: Cannot invoke method. Method invocation is supported only on core"
                                + " types in this language mode. PowerShell is in constrained language mode here; use"
                                + " another credential."),
                argumentSet(
                        "an unknown command is no missing program",
                        "The term 'Get-AzAccessToken' is not recognized as a name of a cmdlet\n",
                        "pwsh failed with exit code 1: The term 'Get-AzAccessToken' is not recognized as a name of a"
                                + " cmdlet." + BY_HAND));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void getToken_otherFailure_isARefusal(String errors, String message) {
        tool.always(ToolReply.failure(errors));
        isRefused(credential(), REQUEST, NAME + message);
    }

    @Test
    @DisplayName("PS-09")
    void getToken_noPowerShell_saysHowToInstallIt() {
        context.env("PATH", "/nowhere");
        isUnavailable(credential(), REQUEST, NOT_FOUND);
        assertEquals(0, runs());
    }

    @Test
    @DisplayName("PS-13")
    void output_longWarnings_doNotBlock() {
        tool.always(ToolReply.output("WARNING: x\n".repeat(20_000) + block(TOKEN, "1893456000")));
        givesToken(credential(), TOKEN, Instant.parse("2030-01-01T00:00:00Z"));
    }

    @ParameterizedTest(name = "PS-14 {0}")
    @ValueSource(
            strings = {
                "1893456000",
                "\"1893456000\"",
                "1893456000000",
                "\"/Date(1893456000000)/\"",
                "\"\\/Date(1893456000000)\\/\"",
                "\"/Date(1893456000000+0200)/\"",
                "\"2030-01-01T00:00:00Z\"",
                "\"2030-01-01T01:00:00.0000000+01:00\"",
                "640290528000000000"
            })
    void expiry_anyShape_isTheSameMoment(String written) {
        tool.always(ToolReply.output(block(TOKEN, written)));
        givesToken(credential(), TOKEN, Instant.parse("2030-01-01T00:00:00Z"));
    }

    @ParameterizedTest(name = "PS-15 {0}")
    @ValueSource(strings = {"0", "621355968000000000", "null", "\"/Date(0)/\"", "\"/Date(-62135596800000)/\""})
    void expiry_unknown_isThatOfTheToken(String written) {
        String token = AzureCliOutputTest.jwt("{\"exp\":1893456000}");
        tool.always(ToolReply.output(block(token, written)));
        givesToken(credential(), token, Instant.parse("2030-01-01T00:00:00Z"));
        tool.always(ToolReply.output(block(TOKEN, written)));
        isRefused(credential(), REQUEST, NAME + "pwsh wrote a token without an expiry that can be read." + BY_HAND);
    }

    @Test
    @DisplayName("PS-16")
    void claims_needAPersonWhoIsToldWhatToType() {
        AzurePowerShellCredential credential = builder().tenantId(TENANT).build();
        TokenRequestContext request = REQUEST.withClaims(CLAIMS);
        isUnavailable(
                credential,
                request,
                NAME + "the resource demands claims that a new sign-in must satisfy. Run `Connect-AzAccount -Tenant "
                        + TENANT + " -ClaimsChallenge '" + CLAIMS_BASE64 + "'`.");
        assertInstanceOf(AuthenticationRequiredException.class, failure(credential, request));
        assertEquals(0, runs());
    }

    @ParameterizedTest(name = "PS-17 {0}")
    @ValueSource(strings = {"x'; calc; '", "x\u2019", "x\u2018y", "x\u201By", "x`y", "x$y", "x\"y"})
    void arguments_withMeaning_areIllegal(String text) {
        assertThrows(
                IllegalArgumentException.class, () -> builder().tenantId(text).build());
        assertThrows(IllegalArgumentException.class, () -> REQUEST.withTenantId(text));
        assertThrows(IllegalArgumentException.class, () -> credential()
                .getToken(TokenRequestContext.of(text.replace(" ", ""))));
        assertEquals(0, runs());
    }

    @Test
    void getToken_severalScopes_areIllegal() {
        isIllegal(
                credential(),
                TokenRequestContext.of("a", "b"),
                NAME + "scopes must name exactly one resource, such as https://vault.azure.net/.default; ask for the"
                        + " others in requests of their own");
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                argumentSet("PS-18", "", "nothing." + BY_HAND),
                argumentSet(
                        "one marker",
                        MARK + "{}",
                        "a bare word.".replace("a bare word", "something else: " + MARK + "{}") + BY_HAND),
                argumentSet(
                        "no marker",
                        "{\"Token\":\"" + MARKER + "\"}",
                        "something else: {\"Token\":\"***\"}." + BY_HAND));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void output_withoutBlock_isRefused(String output, String message) {
        tool.always(ToolReply.output(output));
        isRefused(credential(), REQUEST, NO_TOKEN + message);
    }

    @Test
    void output_blockWithoutToken_isRefused() {
        tool.always(ToolReply.output(MARK + "{\"Token\":null}" + MARK));
        isRefused(credential(), REQUEST, NAME + "pwsh wrote an answer without a token." + BY_HAND);
        tool.always(ToolReply.output(block("a b", "1893456000")));
        isRefused(credential(), REQUEST, NAME + "pwsh wrote something else in the place of a token." + BY_HAND);
    }

    @Test
    void getToken_hangs_isCutOff() {
        tool.always(ToolReply.hang());
        isUnavailable(
                builder().processTimeout(Duration.ofMillis(300)).build(),
                REQUEST,
                NAME
                        + "pwsh did not answer within 0.3 s (processTimeout), ended after <n> s. Set a longer processTimeout"
                        + " if it is only slow; try it by hand to see what it waits for.");
    }

    @Test
    void markers_ofTwoCalls_differ() {
        java.util.Random random = new java.util.Random(42);
        assertFalse(PowerShellScript.of("r", null, random::nextDouble)
                .marker()
                .equals(PowerShellScript.of("r", null, random::nextDouble).marker()));
    }
}
