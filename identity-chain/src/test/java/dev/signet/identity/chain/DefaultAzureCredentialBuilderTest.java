// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the links get to see of the options: explicit ones first, then variables, then defaults. */
final class DefaultAzureCredentialBuilderTest {
    private static final Map<String, String> VARIABLES = Map.of(
            "AZURE_AUTHORITY_HOST", "https://login.chinacloudapi.cn",
            "AZURE_ADDITIONALLY_ALLOWED_TENANTS", "one;two, three",
            "AZURE_TENANT_ID", "tenant-of-environment",
            "AZURE_CLIENT_ID", "client-of-environment");

    static Stream<Arguments> options() {
        return Stream.of(
                option(
                        "authority by default",
                        Map.of(),
                        b -> b,
                        ProviderContext::authorityHost,
                        java.net.URI.create("https://login.microsoftonline.com/")),
                option(
                        "authority from variable",
                        VARIABLES,
                        b -> b,
                        ProviderContext::authorityHost,
                        java.net.URI.create("https://login.chinacloudapi.cn/")),
                option(
                        "authority explicit",
                        VARIABLES,
                        b -> b.authorityHost("login.microsoftonline.us"),
                        ProviderContext::authorityHost,
                        java.net.URI.create("https://login.microsoftonline.us/")),
                option("tenants by default", Map.of(), b -> b, ProviderContext::additionallyAllowedTenants, List.of()),
                option(
                        "tenants from variable",
                        VARIABLES,
                        b -> b,
                        ProviderContext::additionallyAllowedTenants,
                        List.of("one", "two", "three")),
                option(
                        "tenants explicit",
                        VARIABLES,
                        b -> b.additionallyAllowedTenants("*"),
                        ProviderContext::additionallyAllowedTenants,
                        List.of("*")),
                option(
                        "no tenants explicit",
                        VARIABLES,
                        b -> b.additionallyAllowedTenants(),
                        ProviderContext::additionallyAllowedTenants,
                        List.of()),
                option(
                        "tenant is not read from the variable",
                        VARIABLES,
                        b -> b,
                        ProviderContext::tenantId,
                        Optional.empty()),
                option(
                        "tenant explicit",
                        VARIABLES,
                        b -> b.tenantId("contoso"),
                        ProviderContext::tenantId,
                        Optional.of("contoso")),
                option(
                        "client id is not read from the variable",
                        VARIABLES,
                        b -> b,
                        ProviderContext::clientId,
                        Optional.empty()),
                option(
                        "identity is not read from the variable",
                        VARIABLES,
                        b -> b,
                        ProviderContext::managedIdentityId,
                        Optional.empty()),
                option(
                        "identity by client id",
                        Map.of(),
                        b -> b.managedIdentityClientId("c"),
                        ProviderContext::managedIdentityId,
                        Optional.of(ManagedIdentityId.clientId("c"))),
                option(
                        "identity by object id beside the variable",
                        VARIABLES,
                        b -> b.managedIdentityObjectId("o"),
                        ProviderContext::managedIdentityId,
                        Optional.of(ManagedIdentityId.objectId("o"))),
                option(
                        "identity by resource id beside the variable",
                        VARIABLES,
                        b -> b.managedIdentityResourceId("/subscriptions/s"),
                        ProviderContext::managedIdentityId,
                        Optional.of(ManagedIdentityId.resourceId("/subscriptions/s"))),
                option(
                        "identity given twice",
                        VARIABLES,
                        b -> b.managedIdentityClientId("a").managedIdentityClientId("b"),
                        ProviderContext::managedIdentityId,
                        Optional.of(ManagedIdentityId.clientId("b"))),
                option(
                        "process timeout by default",
                        Map.of(),
                        b -> b,
                        ProviderContext::processTimeout,
                        Duration.ofSeconds(10)),
                option(
                        "process timeout explicit",
                        Map.of(),
                        b -> b.processTimeout(Duration.ofSeconds(3)),
                        ProviderContext::processTimeout,
                        Duration.ofSeconds(3)),
                option(
                        "instance discovery by default",
                        Map.of(),
                        b -> b,
                        ProviderContext::instanceDiscoveryDisabled,
                        false),
                option(
                        "instance discovery off",
                        Map.of(),
                        b -> b.disableInstanceDiscovery(),
                        ProviderContext::instanceDiscoveryDisabled,
                        true),
                option(
                        "account logging by default",
                        Map.of(),
                        b -> b,
                        ProviderContext::accountIdentifierLoggingEnabled,
                        false),
                option(
                        "account logging on",
                        Map.of(),
                        b -> b.enableAccountIdentifierLogging(),
                        ProviderContext::accountIdentifierLoggingEnabled,
                        true));
    }

    @ParameterizedTest
    @MethodSource("options")
    void option_reachesEveryLink(
            Map<String, String> variables,
            UnaryOperator<DefaultAzureCredentialBuilder> change,
            Function<ProviderContext, Object> reading,
            Object expected) {
        List<FakeProvider> all = FakeProvider.all();
        change.apply(Chains.with(variables, all))
                .include("InteractiveBrowser")
                .include("ClientSecret")
                .include("Certificate")
                .include("AzurePipelines")
                .include("GitHubActions")
                .include("DeviceCode")
                .build();
        for (FakeProvider provider : all) {
            assertEquals(
                    expected,
                    reading.apply(provider.context.get()),
                    provider.getClass().getSimpleName());
        }
    }

    @Test
    void overrides_ofOneLink_doNotReachOthers() {
        List<FakeProvider> all = FakeProvider.all();
        Chains.with(Map.of(), all)
                .include("InteractiveBrowser")
                .include("ClientSecret")
                .include("Certificate")
                .include("AzurePipelines")
                .include("GitHubActions")
                .include("DeviceCode")
                .tenantId("contoso")
                .tenantId("azurecli", "fabrikam")
                .clientId("AzureCliCredential", "client")
                .setting("AzureCli", "subscription", "mine")
                .workloadIdentityClientId("workload-client")
                .workloadIdentityTenantId("workload-tenant")
                .build();
        for (FakeProvider provider : all) {
            ProviderContext context = provider.context.get();
            boolean cli = provider instanceof FakeProvider.AzureCli;
            boolean workload = provider instanceof FakeProvider.WorkloadIdentity;
            assertEquals(
                    cli ? "fabrikam" : workload ? "workload-tenant" : "contoso",
                    context.tenantId().orElseThrow());
            assertEquals(Optional.ofNullable(cli ? "client" : workload ? "workload-client" : null), context.clientId());
            assertEquals(Optional.ofNullable(cli ? "mine" : null), context.setting("subscription"));
        }
    }

    static Stream<Arguments> identities() {
        return Stream.of(
                argumentSet(
                        "client and object",
                        (UnaryOperator<DefaultAzureCredentialBuilder>)
                                b -> b.managedIdentityClientId("c").managedIdentityObjectId("o"),
                        "managedIdentityClientId and managedIdentityObjectId"),
                argumentSet(
                        "resource and client",
                        (UnaryOperator<DefaultAzureCredentialBuilder>)
                                b -> b.managedIdentityResourceId("/r").managedIdentityClientId("c"),
                        "managedIdentityResourceId and managedIdentityClientId"));
    }

    @ParameterizedTest
    @MethodSource("identities")
    void managedIdentity_twoKindsOfId_failsNamingBoth(
            UnaryOperator<DefaultAzureCredentialBuilder> change, String names) {
        DefaultAzureCredentialBuilder builder = change.apply(Chains.empty());
        assertEquals(
                names + " are both set; a managed identity is named by one id, so keep one of them",
                assertThrows(IllegalStateException.class, builder::build).getMessage());
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                wrong("tenant", b -> b.tenantId("a/b")),
                wrong("tenant of one", b -> b.tenantId("AzureCli", "a b")),
                wrong("client id", b -> b.clientId("AzureCli", " ")),
                wrong("identity", b -> b.managedIdentityClientId(" ")),
                wrong("process timeout", b -> b.processTimeout(Duration.ZERO)),
                wrong("authority", b -> b.authorityHost("http://login.microsoftonline.com")),
                wrong("allowed tenants", b -> b.additionallyAllowedTenants("ok", "no/t")));
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void setter_wrongValue_failsAtOnce(UnaryOperator<DefaultAzureCredentialBuilder> change) {
        DefaultAzureCredentialBuilder builder = DefaultAzureCredential.builder();
        assertThrows(IllegalArgumentException.class, () -> change.apply(builder));
    }

    @Test
    void authorityVariable_malformed_failsWhileBuilding() {
        DefaultAzureCredentialBuilder builder = Chains.empty(Map.of("AZURE_AUTHORITY_HOST", "http://plain"));
        assertTrue(assertThrows(IllegalArgumentException.class, builder::build)
                .getMessage()
                .contains("AZURE_AUTHORITY_HOST"));
    }

    @Test
    void build_repeated_givesEqualAndSeparateChains() {
        FakeProvider cli = FakeProvider.of("AzureCli", FakeCredential.giving("AzureCliCredential"));
        DefaultAzureCredentialBuilder builder =
                Chains.with(Map.of(), List.of(cli)).tenantId("contoso").add("Mine", FakeCredential.giving("Mine"));
        DefaultAzureCredential one = builder.build();
        DefaultAzureCredential two = builder.build();
        assertNotSame(one, two);
        assertEquals(one.toString(), two.toString());
        one.getToken(FakeCredential.VAULT);
        assertTrue(two.selectedCredentialName().isEmpty());
        builder.exclude("AzureCli").environment(Environment.of(Map.of("X", "y")));
        assertEquals("DefaultAzureCredential[Mine]", builder.build().toString());
        assertEquals("DefaultAzureCredential[AzureCliCredential, Mine]", one.toString());
        assertEquals(List.of("AzureCli", "Mine"), Chains.names(two));
        assertEquals(2, cli.created.get());
    }

    private static Arguments option(
            String name,
            Map<String, String> variables,
            UnaryOperator<DefaultAzureCredentialBuilder> change,
            Function<ProviderContext, Object> reading,
            Object expected) {
        return argumentSet(name, variables, change, reading, expected);
    }

    private static Arguments wrong(String name, UnaryOperator<DefaultAzureCredentialBuilder> change) {
        return argumentSet(name, change);
    }
}
