// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.example.foreign.ForeignCliProvider;
import dev.signet.identity.Attempt;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Outcome;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderInfo;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Finding providers: through service files with sound, broken and contradicting lines, and in code. */
final class ProviderDiscoveryTest {
    @Test
    void provider_ruledOut_isNeitherInitialisedNorInstantiated() {
        ServiceFiles files = ServiceFiles.of(DiscoveredProviders.Cli.class, DiscoveredProviders.Alpha.class);
        DefaultAzureCredential chain = found(files, Map.of("AZURE_TOKEN_CREDENTIALS", "alpha"));
        assertEquals("Alpha", chain.getToken(FakeCredential.VAULT).credentialName());
        assertFalse(chain.explain().links().isEmpty());
        assertTrue(files.hasLoaded(DiscoveredProviders.Cli.class));
        assertFalse(files.hasLoaded(DiscoveredProviders.InitialisedCli.class));
        assertFalse(files.hasLoaded(DiscoveredProviders.InstantiatedCli.class));
    }

    @Test
    void provider_selected_isInstantiated() {
        ServiceFiles files = ServiceFiles.of(DiscoveredProviders.Cli.class);
        found(files, Map.of());
        assertTrue(files.hasLoaded(DiscoveredProviders.InitialisedCli.class));
        assertTrue(files.hasLoaded(DiscoveredProviders.InstantiatedCli.class));
    }

    static Stream<Arguments> creations() {
        return Stream.of(
                creation(
                        "unavailable",
                        () -> FakeCredential.unavailable("EnvironmentCredential"),
                        Outcome.UNAVAILABLE,
                        "nothing here"),
                creation(
                        "wrong setting",
                        () -> new IllegalArgumentException("tenant is wrong"),
                        Outcome.MISCONFIGURED,
                        "tenant is wrong"),
                creation(
                        "contradiction",
                        () -> new IllegalStateException("both set"),
                        Outcome.MISCONFIGURED,
                        "both set"),
                creation(
                        "linkage",
                        () -> new NoClassDefFoundError("com/example/Gone"),
                        Outcome.BUG,
                        "its provider failed: java.lang.NoClassDefFoundError: com/example/Gone"),
                creation(
                        "defect",
                        () -> new NullPointerException("oops"),
                        Outcome.BUG,
                        "its provider failed: java.lang.NullPointerException: oops"),
                creation("null", () -> null, Outcome.BUG, "it returned no token and no failure"));
    }

    @ParameterizedTest
    @MethodSource("creations")
    void create_failing_becomesPlaceholderAndChainGoesOn(Supplier<Throwable> failure, Outcome outcome, String reason) {
        DefaultAzureCredential chain = Chains.with(
                        Map.of(),
                        List.of(
                                FakeProvider.making("Environment", context -> {
                                    Throwable thrown = failure.get();
                                    if (thrown instanceof Error error) {
                                        throw error;
                                    }
                                    if (thrown instanceof RuntimeException exception) {
                                        throw exception;
                                    }
                                    return null;
                                }),
                                FakeProvider.of("AzureCli", FakeCredential.giving("AzureCliCredential"))))
                .build();
        assertEquals("AzureCliCredential", chain.getToken(FakeCredential.VAULT).credentialName());
        Attempt row = chain.lastReport().orElseThrow().attempts().get(0);
        assertEquals("EnvironmentCredential", row.credentialName());
        assertEquals(outcome, row.outcome());
        assertEquals(reason, row.reason());
    }

    @Test
    void create_outOfMemory_propagates() {
        DefaultAzureCredentialBuilder builder = Chains.with(Map.of(), List.of(FakeProvider.making("Environment", c -> {
            throw new OutOfMemoryError("simulated");
        })));
        assertThrows(OutOfMemoryError.class, builder::build);
    }

    static Stream<Arguments> brokenLines() {
        String fakes = "dev.signet.identity.chain.DiscoveredProviders$";
        return Stream.of(
                argumentSet("no such class", new ServiceFiles("com.example.Gone"), "com.example.Gone not found"),
                argumentSet(
                        "no provider class",
                        ServiceFiles.of(DiscoveredProviders.NoProvider.class),
                        fakes + "NoProvider not a subtype"),
                argumentSet(
                        "no annotation",
                        ServiceFiles.of(DiscoveredProviders.Unannotated.class),
                        fakes + "Unannotated has no @ProviderInfo annotation; add one with name, category and order"),
                argumentSet(
                        "name of a group",
                        ServiceFiles.of(DiscoveredProviders.NamedProd.class),
                        fakes
                                + "NamedProd has a malformed name in @ProviderInfo; use letters and digits, and neither dev nor prod"),
                argumentSet(
                        "unloadable",
                        ServiceFiles.of(DiscoveredProviders.Beta.class).breaking(DiscoveredProviders.Beta.class),
                        "java.lang.NoClassDefFoundError: com/example/Missing"));
    }

    @ParameterizedTest
    @MethodSource("brokenLines")
    void discovery_brokenLine_isReportedAndOthersAreFound(ServiceFiles broken, String problem) {
        ServiceFiles files = broken.behind(DiscoveredProviders.Alpha.class, DiscoveredProviders.Cli.class);
        DefaultAzureCredential chain = found(files, Map.of());
        assertEquals(1, chain.explain().problems().size());
        String line = chain.explain().problems().get(0);
        assertTrue(line.endsWith(problem), line);
        assertTrue(Chains.names(chain).containsAll(List.of("Alpha", "AzureCli")), chain.toString());
        assertTrue(chain.diagnose(FakeCredential.VAULT).toString().contains("\nNot loaded: " + line + "\n"));
    }

    @Test
    void discovery_malformedServiceFile_isReported() {
        DefaultAzureCredential chain = found(new ServiceFiles("two words"), Map.of());
        assertEquals(1, chain.explain().problems().size());
    }

    @Test
    void provider_explodingInitialiser_becomesPlaceholder() {
        DefaultAzureCredential chain =
                found(ServiceFiles.of(DiscoveredProviders.Exploding.class, DiscoveredProviders.Alpha.class), Map.of());
        assertEquals("Alpha", chain.getToken(FakeCredential.VAULT).credentialName());
        assertEquals(
                "Exploding", chain.lastReport().orElseThrow().attempts().get(0).credentialName());
    }

    @Test
    void order_equal_isByName() {
        Class<?>[] types = {
            DiscoveredProviders.Cli.class,
            DiscoveredProviders.Beta.class,
            DiscoveredProviders.Env.class,
            DiscoveredProviders.Alpha.class
        };
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(Arrays.asList(types), new Random(seed));
            DefaultAzureCredential chain = found(ServiceFiles.of(types), Map.of());
            assertEquals(
                    "DefaultAzureCredential[EnvironmentCredential, Alpha, Beta, AzureCliCredential]",
                    chain.toString(),
                    "seed " + seed);
        }
    }

    @Test
    void names_equal_failsNamingBothClassesAndLocations() {
        ServiceFiles files = ServiceFiles.of(DiscoveredProviders.Beta.class, DiscoveredProviders.OtherBeta.class);
        String message = assertThrows(IllegalStateException.class, () -> found(files, Map.of()))
                .getMessage();
        assertEquals(
                "Two credential providers are named beta: dev.signet.identity.chain.DiscoveredProviders$Beta in class"
                        + " path and dev.signet.identity.chain.DiscoveredProviders$OtherBeta in class path. Remove one"
                        + " of the jars, or give one another name in @ProviderInfo.",
                message);
    }

    @Test
    void name_reserved_isRefusedToOtherPackages() {
        DefaultAzureCredentialBuilder builder = Chains.empty().addProvider(new ForeignCliProvider());
        String message =
                assertThrows(IllegalStateException.class, builder::build).getMessage();
        assertTrue(
                message.startsWith("The name AzureCliCredential is reserved for dev.signet modules, but"
                        + " com.example.foreign.ForeignCliProvider in "),
                message);
        assertTrue(message.endsWith(" uses it. Give it another name in @ProviderInfo."), message);
    }

    @Test
    void discovery_off_findsNothing() {
        ServiceFiles files = ServiceFiles.of(DiscoveredProviders.Alpha.class);
        DefaultAzureCredential chain = Chains.empty()
                .classLoader(files)
                .discovery(false)
                .add("Mine", FakeCredential.giving("Mine"))
                .build();
        assertEquals(List.of("Mine"), Chains.names(chain));
        assertFalse(files.hasLoaded(DiscoveredProviders.Alpha.class));
    }

    @Test
    void provider_givenAndFound_sortTogether() {
        DefaultAzureCredential chain = Chains.empty()
                .classLoader(ServiceFiles.of(DiscoveredProviders.Env.class, DiscoveredProviders.Cli.class))
                .addProvider(FakeProvider.of("Vendor", FakeCredential.giving("VendorCredential")))
                .build();
        assertEquals(
                "DefaultAzureCredential[EnvironmentCredential, VendorCredential, AzureCliCredential]",
                chain.toString());
    }

    @Test
    void loader_default_isThreadContextClassLoader() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ServiceFiles.of(DiscoveredProviders.Alpha.class));
        try {
            DefaultAzureCredential chain = DefaultAzureCredential.builder()
                    .environment(Environment.empty())
                    .build();
            assertEquals("DefaultAzureCredential[Alpha]", chain.toString());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void add_nameOfInstalledProvider_isRefused() {
        DefaultAzureCredentialBuilder builder = Chains.empty()
                .addProvider(FakeProvider.of("Vendor", FakeCredential.giving("VendorCredential")))
                .add("acme", FakeCredential.giving("acme"));
        String message =
                assertThrows(IllegalStateException.class, builder::build).getMessage();
        assertTrue(message.startsWith("The credential added as acme has the name of "), message);
    }

    @Test
    void add_sameNameTwice_isRefused() {
        DefaultAzureCredentialBuilder builder = Chains.empty().add("Mine", FakeCredential.giving("Mine"));
        FakeCredential other = FakeCredential.giving("Mine");
        assertThrows(IllegalArgumentException.class, () -> builder.add("mineCredential", other));
        assertThrows(IllegalArgumentException.class, () -> builder.add("not valid", other));
    }

    @Test
    void add_knownName_isNotReportedMissing() {
        DefaultAzureCredential chain = Chains.empty()
                .add("AzureCliCredential", FakeCredential.failing(FakeCredential.unavailable("AzureCliCredential")))
                .build();
        List<Attempt> rows = assertThrows(
                        CredentialUnavailableException.class, () -> chain.getToken(FakeCredential.VAULT))
                .attempts();
        assertEquals(
                1,
                rows.stream()
                        .filter(row -> row.credentialName().equals("AzureCliCredential"))
                        .count());
        assertEquals("AzureCliCredential", rows.get(rows.size() - 1).credentialName());
    }

    @Test
    void subsets_ofModules_constructAndExplainThemselves() {
        List<FakeProvider> all = FakeProvider.all().stream()
                .filter(provider ->
                        provider.getClass().getAnnotation(ProviderInfo.class).order() % 100 == 0)
                .toList();
        for (int bits = 0; bits < 1 << all.size(); bits++) {
            DefaultAzureCredentialBuilder builder = Chains.empty();
            for (int i = 0; i < all.size(); i++) {
                if ((bits & 1 << i) != 0) {
                    builder.addProvider(all.get(i));
                }
            }
            ChainExplanation explanation = builder.build().explain();
            assertEquals(all.size(), explanation.links().size(), "subset " + bits);
            for (LinkExplanation link : explanation.links()) {
                boolean installed = (bits & 1 << link.order() / 100 - 1) != 0;
                assertEquals(installed, link.installed(), "subset " + bits + ": " + link);
                assertEquals(installed, link.artifact().isEmpty(), "subset " + bits + ": " + link);
            }
        }
    }

    private static DefaultAzureCredential found(ServiceFiles files, Map<String, String> variables) {
        return Chains.empty(variables).classLoader(files).build();
    }

    private static Arguments creation(String name, Supplier<Throwable> failure, Outcome outcome, String reason) {
        return argumentSet(name, failure, outcome, reason);
    }
}
