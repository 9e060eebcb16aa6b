// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.Explainable;
import dev.signet.identity.spi.IdentityEventListener;
import dev.signet.identity.spi.Readiness;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Explanations, logs, events and costs of the default chain. */
final class DefaultAzureCredentialTest {
    private static final String MARKER = "Canary7Secret";

    @Test
    void explain_selectedExcludedAndMissing_haveRowsWithReasons() {
        FakeCredential environment = FakeCredential.giving("EnvironmentCredential");
        FakeCredential cli = FakeCredential.giving("AzureCliCredential");
        cli.readiness = new Readiness(Readiness.Status.NOT_CONFIGURED, "az is not there", "Install it.");
        FakeProvider browser = FakeProvider.of("InteractiveBrowser", FakeCredential.giving("x"));
        FakeProvider broker = FakeProvider.of("Broker", FakeCredential.giving("x"));
        DefaultAzureCredential chain = Chains.empty()
                .addProvider(FakeProvider.of("Environment", environment))
                .addProvider(FakeProvider.of("AzureCli", cli))
                .addProvider(browser)
                .addProvider(broker)
                .exclude("Broker")
                .add("Mine", request -> FakeCredential.token("Mine"))
                .build();
        String unset = "(AZURE_TOKEN_CREDENTIALS unset)";
        assertEquals(
                List.of(
                        "Selection: AZURE_TOKEN_CREDENTIALS unset",
                        "EnvironmentCredential selected " + unset + ", CONFIGURED: ready",
                        "WorkloadIdentityCredential selected " + unset + ", NOT_INSTALLED: not installed",
                        "ManagedIdentityCredential selected " + unset + ", NOT_INSTALLED: not installed",
                        "SharedTokenCacheCredential selected " + unset + ", NOT_INSTALLED: not installed",
                        "VisualStudioCodeCredential selected " + unset + ", NOT_INSTALLED: not installed",
                        "AzureCliCredential selected " + unset + ", NOT_CONFIGURED: az is not there",
                        "AzurePowerShellCredential selected " + unset + ", NOT_INSTALLED: not installed",
                        "AzureDeveloperCliCredential selected " + unset + ", NOT_INSTALLED: not installed",
                        "Mine selected (added in code), UNKNOWN: only a try will tell",
                        "InteractiveBrowserCredential not selected " + unset,
                        "BrokerCredential not selected (excluded in code)"),
                chain.explain().toString().lines().toList());
        assertEquals(List.of("BrokerCredential"), chain.explain().excluded());
        assertEquals(0, environment.calls.get() + cli.calls.get());
        assertEquals(0, browser.created.get() + broker.created.get());
        LinkExplanation first = chain.explain().links().get(0);
        assertTrue(first.installed());
        assertEquals(100, first.order());
        assertTrue(first.module().isPresent());
        LinkExplanation missing = chain.explain().links().get(1);
        assertFalse(missing.installed());
        assertEquals(Optional.of("dev.signet:provider-managed-identity"), missing.artifact());
        assertEquals(Optional.empty(), missing.version());
        LinkExplanation notSelected = chain.explain().links().get(10);
        assertEquals(Optional.empty(), notSelected.readiness());
    }

    @Test
    void explain_includedByName_saysSo() {
        DefaultAzureCredential chain = Chains.with(Map.of("AZURE_TOKEN_CREDENTIALS", "prod"), FakeProvider.all())
                .include("AzureCli")
                .build();
        assertEquals("included in code", chain.explain().links().get(3).selectedBy());
    }

    @Test
    void explain_brokenCredential_isMisconfiguredAndOthersAreExplained() {
        DefaultAzureCredential chain = Chains.with(
                        Map.of(),
                        List.of(
                                FakeProvider.of("Environment", new Fragile()),
                                FakeProvider.making("WorkloadIdentity", context -> {
                                    throw new IllegalArgumentException("tenant is wrong");
                                }),
                                FakeProvider.of("AzureCli", FakeCredential.giving("AzureCliCredential"))))
                .build();
        assertEquals(
                List.of(Readiness.Status.MISCONFIGURED, Readiness.Status.MISCONFIGURED, Readiness.Status.CONFIGURED),
                chain.explain().links().stream()
                        .map(link -> link.readiness().orElseThrow().status())
                        .toList());
        assertEquals("AzureCliCredential", chain.getToken(FakeCredential.VAULT).credentialName());
    }

    @Test
    void toString_namesLinksOnly() {
        DefaultAzureCredential chain = Chains.with(
                        Map.of("AZURE_CLIENT_SECRET", MARKER),
                        List.of(FakeProvider.of("Environment", FakeCredential.giving(MARKER))))
                .setting("Environment", "key", MARKER)
                .build();
        chain.getToken(FakeCredential.VAULT);
        assertEquals("DefaultAzureCredential[EnvironmentCredential]", chain.toString());
    }

    @Test
    void explain_brokenProvider_hasALineAndIsLogged() {
        try (LogCapture log = new LogCapture(Level.DEBUG)) {
            DefaultAzureCredential chain = Chains.empty()
                    .classLoader(new ServiceFiles("com.example.Gone"))
                    .build();
            String text = chain.explain().toString();
            assertTrue(text.lines().anyMatch(line -> line.startsWith("Not loaded: ")), text);
            assertEquals("AZURE_TOKEN_CREDENTIALS unset", chain.explain().selection());
            assertTrue(log.at(Level.DEBUG).stream().anyMatch(line -> line.contains("a provider was not loaded: ")));
        }
    }

    @Test
    void stickiness_alwaysWalk_startsOverEachTime() {
        FakeCredential first = FakeCredential.failing(FakeCredential.unavailable("EnvironmentCredential"));
        DefaultAzureCredential chain = Chains.with(
                        Map.of(),
                        List.of(
                                FakeProvider.of("Environment", first),
                                FakeProvider.of("AzureCli", FakeCredential.giving("AzureCliCredential"))))
                .stickiness(Stickiness.ALWAYS_WALK)
                .build();
        chain.getToken(FakeCredential.VAULT);
        chain.getToken(FakeCredential.VAULT);
        assertEquals(2, first.calls.get());
        chain.close();
        chain.close();
        assertEquals(1, first.closed.get());
    }

    @Test
    void log_winner_infoOnce() {
        try (LogCapture log = new LogCapture(Level.INFO)) {
            DefaultAzureCredential chain =
                    Chains.with(Map.of(), FakeProvider.all()).build();
            for (int i = 0; i < 3; i++) {
                chain.getToken(FakeCredential.VAULT);
            }
            assertEquals(List.of("DefaultAzureCredential: tokens come from EnvironmentCredential"), log.at(Level.INFO));
        }
    }

    @Test
    void log_failedChain_warnsOncePerTableAndFiveMinutes() {
        TestClock clock = new TestClock();
        FakeCredential cli = FakeCredential.failing(FakeCredential.unavailable("AzureCliCredential"));
        DefaultAzureCredential chain = Chains.with(Map.of(), List.of(FakeProvider.of("AzureCli", cli)))
                .clock(clock)
                .build();
        try (LogCapture log = new LogCapture(Level.DEBUG)) {
            fail(chain);
            fail(chain);
            assertEquals(1, log.at(Level.WARN).size());
            assertEquals(1, log.at(Level.DEBUG).size());
            assertTrue(log.at(Level.WARN).get(0).contains(" 1 AzureCliCredential  not configured   nothing here"));
            cli.fail(FakeCredential.failure("AzureCliCredential", dev.signet.identity.Outcome.REJECTED));
            fail(chain);
            assertEquals(2, log.at(Level.WARN).size());
            clock.advance(Duration.ofMinutes(5).minusMillis(1));
            fail(chain);
            assertEquals(2, log.at(Level.WARN).size());
            clock.advance(Duration.ofMillis(1));
            fail(chain);
            assertEquals(3, log.at(Level.WARN).size());
        }
    }

    @Test
    void log_construction_debugsSelectionExcludedAndMissing() {
        try (LogCapture log = new LogCapture(Level.DEBUG)) {
            Chains.empty(Map.of("AZURE_TOKEN_CREDENTIALS", "dev"))
                    .addProvider(FakeProvider.of("AzureCli", FakeCredential.giving("x")))
                    .exclude("Broker")
                    .build();
            String all = String.join("\n", log.at(Level.DEBUG));
            assertTrue(all.contains("DefaultAzureCredential: AZURE_TOKEN_CREDENTIALS=dev, tried in this order: "), all);
            assertTrue(all.contains("DefaultAzureCredential: excluded in code: [BrokerCredential]"), all);
            assertTrue(
                    all.contains("DefaultAzureCredential: EnvironmentCredential is not installed:"
                            + " dev.signet:provider-service-principal"),
                    all);
            assertEquals(List.of(), log.at(Level.INFO));
        }
    }

    @Test
    void listener_throwing_isIgnored() {
        List<String> heard = new ArrayList<>();
        DefaultAzureCredential chain = Chains.with(Map.of(), FakeProvider.all())
                .listener(new IdentityEventListener() {
                    @Override
                    public void credentialSelected(String chainName, String credentialName) {
                        heard.add(chainName + " " + credentialName);
                        throw new IllegalStateException("listener is broken");
                    }
                })
                .build();
        assertEquals(
                "EnvironmentCredential", chain.getToken(FakeCredential.VAULT).credentialName());
        chain.getToken(FakeCredential.VAULT);
        assertEquals(List.of("DefaultAzureCredential EnvironmentCredential"), heard);
    }

    @Test
    void secrets_planted_showNowhere() {
        AccessToken token = AccessToken.of(MARKER, Instant.parse("2030-01-01T00:00:00Z"), "AzureCliCredential");
        FakeCredential cli = FakeCredential.doing(request -> token);
        StringBuilder seen = new StringBuilder();
        try (LogCapture log = new LogCapture(Level.TRACE)) {
            DefaultAzureCredential chain = Chains.empty()
                    .environment(Environment.of(Map.of("AZURE_CLIENT_SECRET", MARKER, "AZURE_PASSWORD", MARKER)))
                    .addProvider(FakeProvider.of("AzureCli", cli))
                    .setting("AzureCli", "secret", MARKER)
                    .build();
            chain.getToken(FakeCredential.VAULT.withClaims("{\"x\":\"" + MARKER + "\"}"));
            seen.append(chain).append(chain.explain()).append(chain.lastReport());
            seen.append(chain.diagnose(FakeCredential.VAULT.withClaims("{\"x\":\"" + MARKER + "\"}")));
            cli.fail(
                    new ClientAuthenticationException(FailureDetails.rejected("AzureCliCredential", "password=" + "***")
                            .build()));
            StringWriter stack = new StringWriter();
            assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT))
                    .printStackTrace(new PrintWriter(stack));
            seen.append(stack);
            for (Level level : List.of(Level.WARN, Level.INFO, Level.DEBUG, Level.TRACE)) {
                seen.append(log.at(level));
            }
        }
        assertFalse(seen.toString().contains(MARKER), seen.toString());
    }

    @ParameterizedTest
    @EnumSource(value = Stickiness.class, names = "ALWAYS_WALK", mode = EnumSource.Mode.EXCLUDE)
    void getToken_afterWin_allocatesNothing(Stickiness stickiness) throws Exception {
        AccessToken token = FakeCredential.token("Constant");
        TokenCredential constant = request -> token;
        ChainedTokenCredential chain =
                Chains.sticky(stickiness, FakeCredential.failing(FakeCredential.unavailable("First")), constant);
        chain.getToken(FakeCredential.VAULT);
        assertEquals(0, AllocationMeter.bytes(50_000, () -> chain.getToken(FakeCredential.VAULT)) / 50_000);
    }

    private static void fail(DefaultAzureCredential chain) {
        assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT));
    }

    /** Throws wherever a chain might ask. */
    private static final class Fragile implements TokenCredential, ChainMember, Explainable {
        @Override
        public AccessToken getToken(TokenRequestContext request) {
            throw new IllegalStateException("not asked, because it could not join");
        }

        @Override
        public TokenCredential asChainMember() {
            throw new UnsupportedOperationException("no");
        }

        @Override
        public Readiness explain() {
            throw new UnsupportedOperationException("no");
        }
    }
}
