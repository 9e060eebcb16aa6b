// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of selection by {@code AZURE_TOKEN_CREDENTIALS}, by code and by single switches. */
final class SelectionTest {
    private static final String VARIABLE = "AZURE_TOKEN_CREDENTIALS";
    private static final String DEFAULT = "Environment WorkloadIdentity ManagedIdentity SharedTokenCache"
            + " VisualStudioCode AzureCli AzurePowerShell AzureDeveloperCli Broker";
    private static final String DEV =
            "SharedTokenCache VisualStudioCode AzureCli AzurePowerShell AzureDeveloperCli Broker";
    private static final String PROD = "Environment WorkloadIdentity ManagedIdentity";
    private static final String ALL_NAMES = "EnvironmentCredential, ClientSecretCredential, CertificateCredential,"
            + " AzurePipelinesCredential, GitHubActionsCredential, WorkloadIdentityCredential,"
            + " ManagedIdentityCredential, SharedTokenCacheCredential, VisualStudioCodeCredential, AzureCliCredential,"
            + " AzurePowerShellCredential, AzureDeveloperCliCredential, InteractiveBrowserCredential,"
            + " DeviceCodeCredential, BrokerCredential";

    static Stream<Arguments> values() {
        return Stream.of(
                argumentSet("empty is unset", "", DEFAULT),
                argumentSet("blank is unset", "   ", DEFAULT),
                argumentSet("white space is unset", "\t\n ", DEFAULT),
                argumentSet("dev", "dev", DEV),
                argumentSet("prod", "prod", PROD),
                argumentSet("dev in capitals", "DEV", DEV),
                argumentSet("prod with blanks", "  Prod ", PROD),
                argumentSet("single name", "AzureCliCredential", "AzureCli"),
                argumentSet("single name in lower case", "managedidentitycredential", "ManagedIdentity"),
                argumentSet("single name in upper case", "MANAGEDIDENTITYCREDENTIAL", "ManagedIdentity"),
                argumentSet("no suffix", "workloadidentity", "WorkloadIdentity"),
                argumentSet("broker", "broker", "Broker"),
                argumentSet("interactive browser by name", "interactivebrowsercredential", "InteractiveBrowser"),
                argumentSet("on request by name", "azurepipelines,dev", "AzurePipelines " + DEV),
                argumentSet("list keeps its order", "AzureCli,Environment", "AzureCli Environment"),
                argumentSet("list with semicolon", "AzureCli;Environment", "AzureCli Environment"),
                argumentSet(
                        "list with both and blanks",
                        " AzureCli ; Environment , Broker ",
                        "AzureCli Environment Broker"),
                argumentSet("list with empty items", ",AzureCli,,Environment;", "AzureCli Environment"),
                argumentSet("duplicates", "AzureCli,azureclicredential,AZURECLI", "AzureCli"),
                argumentSet("name and group", "AzureCli,prod", "AzureCli " + PROD),
                argumentSet("group and its member", "prod,Environment", PROD),
                argumentSet("both groups, dev first", "dev,prod", DEV + " " + PROD));
    }

    @ParameterizedTest
    @MethodSource("values")
    void variable_value_selects(String value, String expected) {
        assertEquals(words(expected), chosen(Map.of(VARIABLE, value), builder -> builder));
    }

    @Test
    void variable_unset_everythingButInteractiveAndOnRequest() {
        assertEquals(words(DEFAULT), chosen(Map.of(), builder -> builder));
    }

    static Stream<Arguments> switches() {
        return Stream.of(
                change(
                        "exclude removes from the default",
                        "",
                        b -> b.excludeAzureCliCredential(true),
                        DEFAULT.replace(" AzureCli", "")),
                change(
                        "exclude removes from a group",
                        "dev",
                        b -> b.excludeBrokerCredential(true),
                        DEV.replace(" Broker", "")),
                change(
                        "exclude removes from a list",
                        "AzureCli,Environment",
                        b -> b.excludeAzureCliCredential(true),
                        "Environment"),
                change(
                        "exclude false adds by order to a group",
                        "prod",
                        b -> b.excludeAzureCliCredential(false),
                        PROD + " AzureCli"),
                change(
                        "exclude false adds in front of a group",
                        "dev",
                        b -> b.excludeEnvironmentCredential(false),
                        "Environment " + DEV),
                change(
                        "exclude false adds behind a list",
                        "AzureCli,Broker",
                        b -> b.excludeEnvironmentCredential(false),
                        "AzureCli Broker Environment"),
                change(
                        "exclude false adds the browser",
                        "",
                        b -> b.excludeInteractiveBrowserCredential(false),
                        DEFAULT.replace(" Broker", " InteractiveBrowser Broker")),
                change("exclude false of what is there", "prod", b -> b.excludeEnvironmentCredential(false), PROD),
                change(
                        "exclude by short name",
                        "prod",
                        b -> b.exclude("environment"),
                        "WorkloadIdentity ManagedIdentity"),
                change(
                        "include on request by order",
                        "",
                        b -> b.include("GitHubActions"),
                        DEFAULT.replace("Environment ", "Environment GitHubActions ")),
                change("include by short name", "prod", b -> b.include("broker"), PROD + " Broker"),
                change(
                        "the last word counts",
                        "prod",
                        b -> b.exclude("Environment")
                                .include("EnvironmentCredential")
                                .exclude("environment"),
                        "WorkloadIdentity ManagedIdentity"),
                change(
                        "include after exclude",
                        "prod",
                        b -> b.exclude("Environment").include("environmentcredential"),
                        PROD),
                change(
                        "every switch",
                        "",
                        b -> b.excludeEnvironmentCredential(true)
                                .excludeWorkloadIdentityCredential(true)
                                .excludeManagedIdentityCredential(true)
                                .excludeSharedTokenCacheCredential(true)
                                .excludeVisualStudioCodeCredential(true)
                                .excludeAzureCliCredential(true)
                                .excludeAzurePowerShellCredential(true)
                                .excludeAzureDeveloperCliCredential(true)
                                .excludeInteractiveBrowserCredential(true)
                                .excludeBrokerCredential(false),
                        "Broker"),
                change("sources win over the variable", "dev", b -> b.sources("ManagedIdentity"), "ManagedIdentity"),
                change(
                        "sources keep their order",
                        "",
                        b -> b.sources("AzureCli", "Environment"),
                        "AzureCli Environment"),
                change("sources take groups", "", b -> b.sources(" prod ", "azurecli"), PROD + " AzureCli"));
    }

    @ParameterizedTest
    @MethodSource("switches")
    void code_changesSelection(String value, UnaryOperator<DefaultAzureCredentialBuilder> change, String expected) {
        assertEquals(words(expected), chosen(Map.of(VARIABLE, value), change));
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                wrong(
                        "unknown name",
                        "Nonsense",
                        b -> b,
                        "AZURE_TOKEN_CREDENTIALS names an unknown credential"
                                + " 'Nonsense'; valid are dev, prod and the installed " + ALL_NAMES),
                wrong(
                        "near miss",
                        "AzureClli",
                        b -> b,
                        "AZURE_TOKEN_CREDENTIALS names an unknown credential 'AzureClli';"
                                + " did you mean AzureCliCredential? Valid are dev, prod and the installed "
                                + ALL_NAMES),
                wrong(
                        "unknown in a list",
                        "dev,Nonsense",
                        b -> b,
                        "AZURE_TOKEN_CREDENTIALS names an unknown credential"
                                + " 'Nonsense'; valid are dev, prod and the installed " + ALL_NAMES),
                wrong(
                        "control characters",
                        "No\u0007nsense",
                        b -> b,
                        "AZURE_TOKEN_CREDENTIALS names an unknown"
                                + " credential 'No?nsense'; valid are dev, prod and the installed " + ALL_NAMES),
                wrong(
                        "only separators",
                        " ,; ",
                        b -> b,
                        "AZURE_TOKEN_CREDENTIALS names no credential; set it to dev,"
                                + " prod or names separated by commas"),
                wrong(
                        "unknown in sources",
                        "",
                        b -> b.sources("Nonsense"),
                        "sources names an unknown credential" + " 'Nonsense'; valid are dev, prod and the installed "
                                + ALL_NAMES),
                wrong(
                        "unknown in exclude",
                        "",
                        b -> b.exclude("Nonsense"),
                        "exclude names an unknown credential" + " 'Nonsense'; valid are dev, prod and the installed "
                                + ALL_NAMES),
                wrong(
                        "unknown in include",
                        "",
                        b -> b.include("Nonsense"),
                        "include names an unknown credential" + " 'Nonsense'; valid are dev, prod and the installed "
                                + ALL_NAMES),
                wrong(
                        "unknown in a setting",
                        "",
                        b -> b.clientId("Nonsense", "c"),
                        "a setting for one credential names"
                                + " an unknown credential 'Nonsense'; valid are dev, prod and the installed "
                                + ALL_NAMES));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void name_unknown_failsWithValidNames(
            String value, UnaryOperator<DefaultAzureCredentialBuilder> change, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> chosen(Map.of(VARIABLE, value), change))
                        .getMessage());
    }

    @Test
    void name_knownButNotInstalled_namesArtifact() {
        DefaultAzureCredentialBuilder builder = Chains.with(
                Map.of(VARIABLE, "azurecli"),
                List.of(FakeProvider.of("Environment", FakeCredential.giving("EnvironmentCredential"))));
        assertEquals(
                "AZURE_TOKEN_CREDENTIALS names AzureCliCredential, which is not installed: add"
                        + " dev.signet:provider-developer-tools to the class path or module path",
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    @Test
    void exclude_knownButNotInstalled_isAccepted() {
        DefaultAzureCredential chain = Chains.with(
                        Map.of(),
                        List.of(FakeProvider.of("Environment", FakeCredential.giving("EnvironmentCredential"))))
                .exclude("AzureCli")
                .tenantId("AzureCli", "tenant")
                .build();
        assertEquals(List.of("Environment"), Chains.names(chain));
    }

    @Test
    void result_empty_saysWhatRemovedWhat() {
        DefaultAzureCredentialBuilder builder =
                Chains.with(Map.of(VARIABLE, "AzureCli"), FakeProvider.all()).excludeAzureCliCredential(true);
        assertEquals(
                "No credential is left in the chain: installed are " + ALL_NAMES
                        + "; selected by AZURE_TOKEN_CREDENTIALS=AzureCli; excluded in code: AzureCliCredential."
                        + " Select or install another one.",
                assertThrows(IllegalStateException.class, builder::build).getMessage());
    }

    @Test
    void result_emptyWithoutDiscovery_saysSo() {
        DefaultAzureCredentialBuilder builder = Chains.with(Map.of(), List.of());
        assertEquals(
                "No credential is left in the chain: installed is none; selected by AZURE_TOKEN_CREDENTIALS unset."
                        + " Select or install another one.",
                assertThrows(IllegalStateException.class, builder::build).getMessage());
    }

    @Test
    void name_unknownAndNothingInstalled_saysSo() {
        DefaultAzureCredentialBuilder builder = Chains.with(Map.of(VARIABLE, "Nonsense"), List.of());
        assertEquals(
                "AZURE_TOKEN_CREDENTIALS names an unknown credential 'Nonsense'; valid are dev, prod; no credential is"
                        + " installed",
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"MY_VARIABLE", "a1", "_"})
    void customVariable_valid_isReadInstead(String name) {
        assertEquals(
                List.of("AzureCli"),
                chosen(Map.of(VARIABLE, "prod", name, "azurecli"), b -> b.tokenCredentialsVariable(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "A-B", "A B", "Ä", "A=B"})
    void customVariable_malformed_isRefused(String name) {
        DefaultAzureCredentialBuilder builder = DefaultAzureCredential.builder();
        assertEquals(
                "tokenCredentialsVariable must consist of letters, digits and underscores",
                assertThrows(IllegalArgumentException.class, () -> builder.tokenCredentialsVariable(name))
                        .getMessage());
    }

    @Test
    void customVariable_wrongValue_isNamedInMessage() {
        DefaultAzureCredentialBuilder builder =
                Chains.with(Map.of("MINE", "Nonsense"), List.of()).tokenCredentialsVariable("MINE");
        assertEquals(
                "MINE names an unknown credential 'Nonsense'; valid are dev, prod; no credential is installed",
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void requiredVariable_blank_fails(String value) {
        assertEquals(
                "AZURE_TOKEN_CREDENTIALS is required and not set; set it to dev, prod or the name of a credential such"
                        + " as ManagedIdentityCredential",
                assertThrows(
                                IllegalStateException.class,
                                () -> chosen(Map.of(VARIABLE, value), b -> b.requireTokenCredentialsVariable()))
                        .getMessage());
    }

    @Test
    void requiredVariable_set_passes() {
        assertEquals(words(PROD), chosen(Map.of(VARIABLE, "prod"), b -> b.requireTokenCredentialsVariable()));
    }

    @Test
    void requireVariables_someMissing_namesThem() {
        assertEquals(
                "Required environment variables are not set: B, C. Set them.",
                assertThrows(
                                IllegalStateException.class,
                                () -> chosen(Map.of("A", "1", "C", " "), b -> b.requireVariables("A", "B", "C")))
                        .getMessage());
    }

    @Test
    void sources_none_isRefused() {
        DefaultAzureCredentialBuilder builder = DefaultAzureCredential.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.sources());
    }

    @Test
    void alias_ofProvider_selectsExcludesAndCarriesSettings() {
        FakeProvider vendor = FakeProvider.of("Vendor", FakeCredential.giving("VendorCredential"));
        List<FakeProvider> all = List.of(vendor, FakeProvider.of("AzureCli", FakeCredential.giving("AzureCli")));
        DefaultAzureCredential chain = Chains.with(Map.of(VARIABLE, "acme"), all)
                .tenantId("acme", "contoso")
                .build();
        assertEquals(List.of("Vendor"), Chains.names(chain));
        assertEquals("contoso", vendor.context.get().tenantId().orElseThrow());
        assertEquals(
                List.of("AzureCli"),
                Chains.names(Chains.with(Map.of(), all).exclude("ACME").build()));
    }

    @Test
    void managedIdentity_alone_staysInDirectForm() {
        FakeCredential identity = FakeCredential.giving("ManagedIdentityCredential");
        Chains.with(Map.of(VARIABLE, "managedidentity"), List.of(FakeProvider.of("ManagedIdentity", identity)))
                .build();
        assertEquals(0, identity.madeMember.get());
    }

    @Test
    void managedIdentity_amongTwo_isChainMember() {
        FakeCredential identity = FakeCredential.giving("ManagedIdentityCredential");
        Chains.with(Map.of(), List.of(FakeProvider.of("ManagedIdentity", identity)))
                .add("Mine", FakeCredential.giving("Mine"))
                .build();
        assertEquals(1, identity.madeMember.get());
    }

    private static List<String> chosen(
            Map<String, String> variables, UnaryOperator<DefaultAzureCredentialBuilder> change) {
        return Chains.names(
                change.apply(Chains.with(variables, FakeProvider.all())).build());
    }

    private static Arguments change(
            String name, String value, UnaryOperator<DefaultAzureCredentialBuilder> change, String expected) {
        return argumentSet(name, value, change, expected);
    }

    private static Arguments wrong(
            String name, String value, UnaryOperator<DefaultAzureCredentialBuilder> change, String message) {
        return argumentSet(name, value, change, message);
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.split(" "));
    }
}
