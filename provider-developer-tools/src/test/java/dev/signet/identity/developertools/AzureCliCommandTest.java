// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.testkit.ToolRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which command is run, and which never is. */
class AzureCliCommandTest extends AzureCliFixture {
    private static final String SCOPE_RULE =
            "AzureCliCredential: a scope must consist of letters, digits and . : / _ -,"
                    + " not start with - and have at most 1024 characters";
    private static final String SUBSCRIPTION_RULE =
            "subscription must consist of letters, digits, blanks and . _ -; give"
                    + " the subscription's id if its name has other characters";

    @BeforeEach
    void succeed() {
        tool.always(success());
    }

    @Test
    @DisplayName("CLI-01")
    void getToken_plain_asksForTheResource() throws Exception {
        givesToken(credential(), TOKEN, expiry);

        ToolRun run = tool.lastRun();
        assertEquals(command(), run.arguments());
        assertEquals(Path.of("/bin").toRealPath(), run.directory().toRealPath());
        assertEquals("", run.input());
    }

    @Test
    @DisplayName("CLI-02")
    void getToken_tenant_isAnArgument() {
        AzureCliCredential credential = builder().tenantId(TENANT).build();
        assertEquals(TOKEN, credential.getToken(REQUEST).token());
        assertEquals(command("--tenant", TENANT), tool.lastRun().arguments());
    }

    @Test
    @DisplayName("CLI-03")
    void getToken_subscription_isOneArgument() {
        builder().subscription("My Sub_1.x-y").build().getToken(REQUEST);
        assertEquals(command("--subscription", "My Sub_1.x-y"), tool.lastRun().arguments());
        context.setting("subscription", "By Context");
        credential().getToken(REQUEST);
        assertEquals(command("--subscription", "By Context"), tool.lastRun().arguments());
    }

    @Test
    @DisplayName("CLI-04")
    void getToken_subscriptionAndTenant_leaveTheTenant() {
        builder().subscription("s").build().getToken(REQUEST.withTenantId(TENANT));
        assertEquals(command("--tenant", TENANT), tool.lastRun().arguments());
        builder().subscription("s").tenantId(TENANT).build().getToken(REQUEST);
        assertEquals(command("--tenant", TENANT), tool.lastRun().arguments());
    }

    @ParameterizedTest(name = "CLI-05 {0}")
    @CsvSource({
        "https://management.core.windows.net//.default, https://management.core.windows.net/",
        "https://vault.azure.net/.default, https://vault.azure.net",
        "https://graph.microsoft.com/User.Read, https://graph.microsoft.com/User.Read"
    })
    void getToken_scope_losesItsSuffixOnly(String scope, String resource) {
        credential().getToken(TokenRequestContext.of(scope));
        assertEquals(resource, tool.lastRun().arguments().get(5));
    }

    @Test
    @DisplayName("CLI-06")
    void getToken_organizations_meansTheToolsOwnTenant() {
        builder().tenantId("organizations").build().getToken(REQUEST);
        assertEquals(command(), tool.lastRun().arguments());
        credential().getToken(REQUEST.withTenantId("ORGANIZATIONS"));
        assertEquals(command(), tool.lastRun().arguments());
    }

    @ParameterizedTest(name = "CLI-52 {0}")
    @ValueSource(strings = {"x;id", "$(id)", "--help", "`id`", "a'b", "a\"b", "a|b", "a\\b", "a%b", "caf\u00e9"})
    void getToken_scopeWithMeaning_isIllegal(String scope) {
        isIllegal(credential(), TokenRequestContext.of(scope), SCOPE_RULE);
        assertEquals(0, runs());
    }

    @Test
    @DisplayName("CLI-52 length and number")
    void getToken_scopes_areOneOfBoundedLength() {
        credential().getToken(TokenRequestContext.of("a".repeat(1024)));
        isIllegal(credential(), TokenRequestContext.of("a".repeat(1025)), SCOPE_RULE);
        isIllegal(
                credential(),
                TokenRequestContext.of("a", "b"),
                "AzureCliCredential: scopes must name exactly one resource, such as https://vault.azure.net/.default; ask"
                        + " for the others in requests of their own");
        for (String scope : List.of("a b", "x\n", "")) {
            assertThrows(IllegalArgumentException.class, () -> TokenRequestContext.of(scope));
        }
        assertThrows(IllegalArgumentException.class, () -> TokenRequestContext.of(List.of()));
        assertEquals(1, runs());
    }

    @ParameterizedTest(name = "CLI-53 {0}")
    @ValueSource(strings = {"a b", "a&b", "\u00e9", "-h", "x\n", ".x", ""})
    void tenant_withMeaning_isIllegal(String tenant) {
        assertThrows(
                IllegalArgumentException.class, () -> builder().tenantId(tenant).build());
        assertThrows(IllegalArgumentException.class, () -> REQUEST.withTenantId(tenant));
        assertThrows(
                IllegalArgumentException.class,
                () -> builder().additionallyAllowedTenants(List.of(tenant)).build());
        assertEquals(0, runs());
    }

    @ParameterizedTest(name = "CLI-54 {0}")
    @ValueSource(strings = {"a\"b", "a(b)", "--debug", "", " a", "a ", "a\n", "caf\u00e9"})
    void subscription_withMeaning_isIllegal(String subscription) {
        assertEquals(
                SUBSCRIPTION_RULE,
                assertThrows(IllegalArgumentException.class, () -> builder().subscription(subscription))
                        .getMessage());
        context.setting("subscription", subscription);
        assertEquals(
                SUBSCRIPTION_RULE,
                assertThrows(IllegalArgumentException.class, this::credential).getMessage());
    }

    @Test
    @DisplayName("CLI-55")
    void getToken_claims_needAPersonWhoIsToldWhatToType() {
        AzureCliCredential credential = builder().tenantId(TENANT).build();
        TokenRequestContext request = REQUEST.withClaims(CLAIMS);

        isUnavailable(
                credential,
                request,
                "AzureCliCredential: the resource demands claims that a new sign-in must satisfy. Run `az login"
                        + " --claims-challenge \"" + CLAIMS_BASE64 + "\" --tenant " + TENANT + " --scope " + SCOPE
                        + "`. Before az 2.76: `az logout`, then `az login --tenant " + TENANT + " --scope " + SCOPE
                        + "`.");
        AuthenticationRequiredException failure =
                assertInstanceOf(AuthenticationRequiredException.class, failure(credential, request));
        assertEquals(request, failure.request());
        assertEquals(0, runs());
    }

    @Test
    @DisplayName("CLI-56")
    void getToken_encodedClaims_areNotEncodedTwice() {
        String plain = new String(Base64.getDecoder().decode(CLAIMS_BASE64), StandardCharsets.UTF_8);
        TokenCredential credential = credential();

        ClientAuthenticationException failure = failure(credential, REQUEST.withClaims(CLAIMS_BASE64));

        assertTrue(failure.getMessage().contains("--claims-challenge \"" + CLAIMS_BASE64 + "\""), failure.getMessage());
        assertEquals(failure(credential, REQUEST.withClaims(plain)).getMessage(), failure.getMessage());
        assertEquals(0, runs());
    }

    @Test
    @DisplayName("CLI-57")
    void getToken_otherTenant_isRefusedUnlessAllowed() {
        AzureCliCredential credential = builder().tenantId(TENANT).build();

        isRefused(
                credential,
                REQUEST.withTenantId("fabrikam"),
                "AzureCliCredential: it is not configured to get tokens for tenant fabrikam. Add the tenant, or *, to"
                        + " additionallyAllowedTenants or to AZURE_ADDITIONALLY_ALLOWED_TENANTS.");
        assertEquals(0, runs());
        credential.getToken(REQUEST.withTenantId(TENANT.toUpperCase(java.util.Locale.ROOT)));
        assertEquals(command("--tenant", TENANT), tool.lastRun().arguments());
        for (String allowed : List.of("FABRIKAM", "*")) {
            builder()
                    .tenantId(TENANT)
                    .additionallyAllowedTenants(List.of(allowed))
                    .build()
                    .getToken(REQUEST.withTenantId("fabrikam"));
            assertEquals(command("--tenant", "fabrikam"), tool.lastRun().arguments());
        }
    }

    @Test
    void getToken_otherTenantAllowedByContext_isAsked() {
        context.additionallyAllowedTenants("fabrikam").tenantId(TENANT);
        credential().getToken(REQUEST.withTenantId("fabrikam"));
        assertEquals(command("--tenant", "fabrikam"), tool.lastRun().arguments());
        credential().getToken(REQUEST);
        assertEquals(command("--tenant", TENANT), tool.lastRun().arguments());
    }

    @Test
    void getToken_otherTenantsSwitchedOff_keepsItsOwn() {
        context.env("AZURE_IDENTITY_DISABLE_MULTITENANTAUTH", "true");
        builder().tenantId(TENANT).build().getToken(REQUEST.withTenantId("fabrikam"));
        assertEquals(command("--tenant", TENANT), tool.lastRun().arguments());
    }

    @Test
    void getToken_tenantVariable_isNotReadOutsideChains() {
        context.env("AZURE_TENANT_ID", "fabrikam");
        credential().getToken(REQUEST);
        assertEquals(command(), tool.lastRun().arguments());
    }

    @Test
    @DisplayName("CLI-63")
    void getToken_environment_isInheritedAndQuiet() {
        context.env("AZURE_CONFIG_DIR", "/somewhere/else").env("HTTPS_PROXY", "http://proxy");
        credential().getToken(REQUEST);

        Map<String, String> variables = tool.lastRun().variables();
        assertEquals("true", variables.get("AZURE_CORE_NO_COLOR"));
        assertEquals("true", variables.get("AZURE_CORE_ONLY_SHOW_ERRORS"));
        assertEquals("no", variables.get("AZURE_CORE_SURVEY_MESSAGE"));
        assertEquals("/somewhere/else", variables.get("AZURE_CONFIG_DIR"));
        assertEquals("http://proxy", variables.get("HTTPS_PROXY"));
        assertFalse(variables.containsKey("JAVA_HOME"));
    }

    @Test
    void builder_timesThatAreNone_areIllegal() {
        for (Duration time : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
            assertEquals(
                    "processTimeout must be positive",
                    assertThrows(IllegalArgumentException.class, () -> builder().processTimeout(time))
                            .getMessage());
            assertEquals(
                    "cacheFor must be positive",
                    assertThrows(IllegalArgumentException.class, () -> builder().cacheFor(time))
                            .getMessage());
        }
        context.setting("cacheFor", "soon");
        assertEquals(
                "cacheFor must be an ISO-8601 duration such as PT5M",
                assertThrows(IllegalArgumentException.class, this::credential).getMessage());
    }

    @Test
    void chainMember_requestThatDoesNotFit_warnsOnce() {
        dev.signet.identity.TokenCredential member = builder().build().asChainMember();
        for (int i = 0; i < 2; i++) {
            assertThrows(IllegalArgumentException.class, () -> member.getToken(TokenRequestContext.of("a", "b")));
        }
        assertEquals(
                List.of(
                        "WARN passed over in a chain: AzureCliCredential: scopes must name exactly one resource, such as"
                                + " https://vault.azure.net/.default; ask for the others in requests of their own"),
                log.lines());
    }

    @Test
    void explain_withAndWithoutTool_runsNothing() {
        assertEquals(
                "Readiness[status=CONFIGURED, detail=" + tool.file()
                        + "; whether somebody is signed in, only a try will" + " tell, remedy=]",
                builder().build().explain().toString());
        context.env("PATH", "/nowhere");
        assertTrue(builder()
                .build()
                .explain()
                .toString()
                .startsWith(
                        "Readiness[status=NOT_CONFIGURED, detail=Azure CLI not found: no az on PATH, remedy=Install"));
        assertEquals(0, runs());
    }

    private static List<String> command(String... more) {
        List<String> command = new ArrayList<>(
                List.of("account", "get-access-token", "--output", "json", "--resource", "https://storage.azure.com"));
        command.addAll(List.of(more));
        return command;
    }
}
