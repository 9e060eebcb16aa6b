// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.signet.identity.Attempt;
import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.spi.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The report as text, line by line, and the exception that carries it. */
final class ChainReportTest {
    private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJ0aWQiOiJjb250b3NvIn0.c2lnbmF0dXJl";

    private final TestClock clock = new TestClock();

    @Test
    void report_fullChain_hasOneLineForEachLink() {
        DefaultAzureCredential chain = builder(Map.of())
                .addProvider(failing(
                        "Environment",
                        FailureDetails.unavailable(
                                "EnvironmentCredential",
                                UnavailableReason.NOT_CONFIGURED,
                                "AZURE_CLIENT_ID, AZURE_TENANT_ID not set")))
                .addProvider(failing(
                        "WorkloadIdentity",
                        FailureDetails.unavailable(
                                "WorkloadIdentityCredential",
                                UnavailableReason.NOT_CONFIGURED,
                                "AZURE_FEDERATED_TOKEN_FILE not set")))
                .addProvider(FakeProvider.of("ManagedIdentity", FakeCredential.doing(request -> {
                    clock.advance(Duration.ofMillis(1430));
                    throw new CredentialUnavailableException(FailureDetails.unavailable(
                                    "ManagedIdentityCredential",
                                    UnavailableReason.NOT_REACHABLE,
                                    "IMDS gave no answer within 1 s")
                            .build());
                })))
                .addProvider(failing(
                        "AzureCli",
                        FailureDetails.rejected("AzureCliCredential", "AADSTS50076\n  multi-factor\tneeded")
                                .correlationId("5c7f0000-0000-0000-0000-000000000001")
                                .remedy("Run: az login --tenant contoso.")))
                .addProvider(failing(
                        "AzureDeveloperCli",
                        FailureDetails.unavailable(
                                "AzureDeveloperCliCredential", UnavailableReason.NOT_SIGNED_IN, "nobody is signed in")))
                .exclude("InteractiveBrowser")
                .exclude("broker")
                .build();
        assertGolden("full-chain", chain);
    }

    @Test
    void report_linkStops_listsTheRest() {
        DefaultAzureCredential chain = builder(Map.of("AZURE_TOKEN_CREDENTIALS", "environment,azurecli,broker"))
                .addProvider(failing(
                        "Environment",
                        FailureDetails.rejected("EnvironmentCredential", "AADSTS7000215 the client secret is wrong")
                                .aadstsCodes(List.of(7000215))))
                .addProvider(FakeProvider.of("AzureCli", FakeCredential.giving("AzureCliCredential")))
                .addProvider(FakeProvider.of("Broker", FakeCredential.giving("BrokerCredential")))
                .build();
        assertGolden("stopped-here", chain);
    }

    @Test
    void report_nothingInstalled_namesEveryArtifact() {
        assertGolden("nothing-installed", builder(Map.of()).build());
    }

    @Test
    void report_everyOutcome_hasItsWord() {
        DefaultAzureCredentialBuilder builder = builder(Map.of()).discovery(false);
        for (UnavailableReason reason : UnavailableReason.values()) {
            builder.add(
                    reason.name().replace("_", "").toLowerCase(java.util.Locale.ROOT),
                    FakeCredential.failing(new CredentialUnavailableException(
                            FailureDetails.unavailable("x", reason, "for this reason")
                                    .build())));
        }
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.TOKEN && outcome != Outcome.CANCELLED && outcome != Outcome.BUG) {
                String name = outcome.name().replace("_", "").toLowerCase(java.util.Locale.ROOT);
                builder.add("is" + name, FakeCredential.failing(FakeCredential.failure(name, outcome)))
                        .fallThrough("is" + name, FallThrough.ON_ANY_FAILURE);
            }
        }
        assertGolden("every-outcome", builder.build());
    }

    @Test
    void report_secretsInForeignMessages_areMasked() {
        DefaultAzureCredential chain = builder(Map.of())
                .discovery(false)
                .addProvider(FakeProvider.of(
                        "AzureCli",
                        FakeCredential.failing(new IllegalStateException(
                                "could not use client_secret=hunter2hunter2 at\r\nhttps://host/?x"))))
                .addProvider(FakeProvider.making("Broker", context -> {
                    throw new IllegalArgumentException("bad token " + JWT);
                }))
                .add("Mine", FakeCredential.failing(new IllegalCallException("got {\"access_token\":\"" + JWT + "\"}")))
                .build();
        assertGolden("masked", chain);
        assertFalse(chain.explain().toString().contains(JWT));
    }

    @Test
    void report_groupsInTheirOwnOrder_missingModulesStandWhereTheyWouldBeTried() {
        DefaultAzureCredential chain = builder(Map.of("AZURE_TOKEN_CREDENTIALS", "dev,prod"))
                .addProvider(FakeProvider.of(
                        "AzureCli", FakeCredential.failing(FakeCredential.unavailable("AzureCliCredential"))))
                .addProvider(FakeProvider.of(
                        "ManagedIdentity",
                        FakeCredential.failing(FakeCredential.unavailable("ManagedIdentityCredential"))))
                .build();
        assertGolden("dev-then-prod", chain);
        assertEquals(
                List.of(
                        "SharedTokenCacheCredential",
                        "VisualStudioCodeCredential",
                        "AzureCliCredential",
                        "AzurePowerShellCredential",
                        "AzureDeveloperCliCredential",
                        "BrokerCredential",
                        "EnvironmentCredential",
                        "WorkloadIdentityCredential",
                        "ManagedIdentityCredential",
                        "InteractiveBrowserCredential"),
                chain.explain().links().stream().map(LinkExplanation::name).toList());
    }

    @Test
    void lastReport_success_namesTheWinnerAndDoesNotAge() {
        DefaultAzureCredential chain = builder(Map.of())
                .discovery(false)
                .addProvider(FakeProvider.of(
                        "Environment", FakeCredential.failing(FakeCredential.unavailable("EnvironmentCredential"))))
                .addProvider(FakeProvider.of("AzureCli", FakeCredential.doing(request -> {
                    clock.advance(Duration.ofMillis(250));
                    return FakeCredential.token("AzureCliCredential");
                })))
                .addProvider(FakeProvider.of("Broker", FakeCredential.giving("BrokerCredential")))
                .build();
        assertTrue(chain.lastReport().isEmpty());
        chain.getToken(FakeCredential.VAULT.withTenantId("contoso"));
        clock.advance(Duration.ofHours(1));
        ChainReport report = chain.lastReport().orElseThrow();
        assertEquals(Duration.ofMillis(250), report.duration());
        assertEquals("AzureCliCredential", report.selectedCredentialName().orElseThrow());
        assertEquals(List.of("BrokerCredential"), report.notTried());
        assertGolden("success", report.toString());
    }

    @Test
    void lastReport_failure_isTheMessage() {
        DefaultAzureCredential chain = builder(Map.of()).build();
        ClientAuthenticationException failure = failureOf(chain);
        clock.advance(Duration.ofMinutes(1));
        assertEquals(failure.getMessage(), chain.lastReport().orElseThrow().toString());
        assertTrue(chain.lastReport().orElseThrow().selectedCredentialName().isEmpty());
    }

    static Stream<Arguments> types() {
        Outcome u = Outcome.UNAVAILABLE;
        Outcome i = Outcome.INTERACTION_REQUIRED;
        return Stream.of(
                type("all unavailable", u, List.of(u, u, u), CredentialUnavailableException.class, 0),
                type("interaction first", i, List.of(i, u), AuthenticationRequiredException.class, 0),
                type("interaction last", i, List.of(u, u, i), AuthenticationRequiredException.class, 2),
                type(
                        "rejected, went on",
                        Outcome.REJECTED,
                        List.of(u, Outcome.REJECTED, i),
                        ClientAuthenticationException.class,
                        1),
                type(
                        "transient, went on",
                        Outcome.TRANSIENT,
                        List.of(u, Outcome.TRANSIENT, u),
                        ClientAuthenticationException.class,
                        1),
                type(
                        "rejected outranks transient",
                        Outcome.REJECTED,
                        List.of(Outcome.TRANSIENT, Outcome.REJECTED),
                        ClientAuthenticationException.class,
                        1),
                type(
                        "misconfigured",
                        Outcome.MISCONFIGURED,
                        List.of(i, Outcome.MISCONFIGURED, u),
                        ClientAuthenticationException.class,
                        1),
                type(
                        "stopped by defect",
                        Outcome.BUG,
                        List.of(Outcome.REJECTED, Outcome.BUG, u),
                        ClientAuthenticationException.class,
                        1),
                type(
                        "stopped by cancellation",
                        Outcome.CANCELLED,
                        List.of(u, Outcome.CANCELLED, u),
                        ClientAuthenticationException.class,
                        1));
    }

    @ParameterizedTest
    @MethodSource("types")
    void exception_outcomes_decideTypeAndCause(Outcome expected, List<Outcome> outcomes, Class<?> type, int deciding) {
        ChainedTokenCredential.Builder builder = ChainedTokenCredential.builder();
        List<ClientAuthenticationException> originals = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            ClientAuthenticationException original = FakeCredential.failure("Link", outcome);
            originals.add(original);
            builder.add(FakeCredential.failing(original), FallThrough.ON_ANY_FAILURE);
        }
        ChainedTokenCredential chain = builder.build();
        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT));
        assertEquals(type, failure.getClass());
        assertEquals(expected, failure.outcome());
        assertEquals("ChainedTokenCredential", failure.credentialName());
        assertSame(originals.get(deciding), failure.getCause());
        List<Throwable> suppressed = Arrays.asList(failure.getSuppressed());
        int tried = failure.attempts().size();
        for (int i = 0; i < tried; i++) {
            assertTrue(i == deciding || suppressed.contains(originals.get(i)), "link " + i);
        }
        assertEquals(tried - 1, suppressed.size());
        if (failure instanceof AuthenticationRequiredException required) {
            assertSame(FakeCredential.VAULT, required.request());
        }
    }

    @Test
    void exception_placeholderBeforeRefusal_refusalDecides() {
        ClientAuthenticationException refusal = FakeCredential.failure("AzureCliCredential", Outcome.REJECTED);
        DefaultAzureCredential chain = builder(Map.of())
                .addProvider(FakeProvider.making("Environment", context -> {
                    throw new NoClassDefFoundError("com/example/Gone");
                }))
                .addProvider(FakeProvider.of("ManagedIdentity", FakeCredential.failing(refusal)))
                .build();
        ClientAuthenticationException failure = failureOf(chain);
        assertSame(refusal, failure.getCause());
        assertEquals(Outcome.REJECTED, failure.outcome());
    }

    @Test
    void report_severalCorrelations_showsTheDecidingOne() {
        DefaultAzureCredential chain = builder(Map.of())
                .addProvider(failing(
                        "AzureCli",
                        FailureDetails.rejected("AzureCliCredential", "refused").correlationId("deciding")))
                .addProvider(failing(
                        "Broker",
                        FailureDetails.unavailable("BrokerCredential", UnavailableReason.NOT_REACHABLE, "silent")
                                .correlationId("later")))
                .build();
        ClientAuthenticationException failure = failureOf(chain);
        assertEquals("deciding", failure.details().correlationId().orElseThrow());
        assertTrue(failure.getMessage().endsWith("\nCorrelation: deciding"), failure.getMessage());
    }

    @Test
    void exception_rejected_carriesFactsOfDecidingLink() {
        FailureDetails facts = FailureDetails.rejected("EnvironmentCredential", "refused")
                .httpStatus(401)
                .aadstsCodes(List.of(50076, 7000215))
                .correlationId("the-correlation")
                .traceId("the-trace")
                .timestamp("now")
                .errorCode("invalid_client")
                .suberror("bad_token")
                .claims("{\"access_token\":{}}")
                .retryAfter(Duration.ofSeconds(7))
                .responseBody("the body")
                .remedy("Do this.")
                .link("https://example.com/help")
                .build();
        DefaultAzureCredential chain = builder(Map.of())
                .addProvider(FakeProvider.of(
                        "Environment", FakeCredential.failing(new ClientAuthenticationException(facts))))
                .build();
        FailureDetails seen = failureOf(chain).details();
        assertEquals("DefaultAzureCredential", seen.credentialName());
        assertEquals(facts.httpStatus(), seen.httpStatus());
        assertEquals(facts.aadstsCodes(), seen.aadstsCodes());
        assertEquals(facts.correlationId(), seen.correlationId());
        assertEquals(facts.traceId(), seen.traceId());
        assertEquals(facts.timestamp(), seen.timestamp());
        assertEquals(facts.errorCode(), seen.errorCode());
        assertEquals(facts.suberror(), seen.suberror());
        assertEquals(facts.claims(), seen.claims());
        assertEquals(facts.retryAfter(), seen.retryAfter());
        assertEquals(facts.responseBody(), seen.responseBody());
        assertEquals(facts.remedy(), seen.remedy());
        assertEquals(facts.link(), seen.link());
        assertTrue(seen.message().endsWith("\nCorrelation: the-correlation"), seen.message());
    }

    @Test
    void diagnose_triesAllAndKeepsTheWinner() {
        FakeCredential first =
                FakeCredential.failing(FakeCredential.failure("EnvironmentCredential", Outcome.REJECTED));
        FakeCredential cli = FakeCredential.giving("AzureCliCredential");
        FakeCredential broker = FakeCredential.giving("BrokerCredential");
        DefaultAzureCredential chain = builder(Map.of())
                .discovery(false)
                .addProvider(FakeProvider.of("Environment", first))
                .addProvider(FakeProvider.of("AzureCli", cli))
                .addProvider(FakeProvider.of("Broker", broker))
                .build();
        ChainReport report = chain.diagnose(FakeCredential.VAULT);
        assertEquals(
                List.of(Outcome.REJECTED, Outcome.TOKEN, Outcome.TOKEN),
                report.attempts().stream().map(Attempt::outcome).toList());
        assertEquals("AzureCliCredential", report.selectedCredentialName().orElseThrow());
        assertGolden("diagnose", report.toString());
        assertTrue(chain.selectedCredentialName().isEmpty());
        assertTrue(chain.lastReport().isEmpty());
        first.give("EnvironmentCredential");
        chain.getToken(FakeCredential.VAULT);
        first.fail(FakeCredential.unavailable("EnvironmentCredential"));
        chain.diagnose(FakeCredential.VAULT);
        assertEquals("EnvironmentCredential", chain.selectedCredentialName().orElseThrow());
    }

    private DefaultAzureCredentialBuilder builder(Map<String, String> variables) {
        return Chains.empty().environment(Environment.of(variables)).clock(clock);
    }

    private static FakeProvider failing(String name, FailureDetails.Builder facts) {
        FailureDetails details = facts.build();
        return FakeProvider.of(
                name,
                FakeCredential.failing(
                        details.outcome() == Outcome.UNAVAILABLE
                                ? new CredentialUnavailableException(details)
                                : new ClientAuthenticationException(details)));
    }

    private static ClientAuthenticationException failureOf(DefaultAzureCredential chain) {
        return assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT));
    }

    private static void assertGolden(String name, DefaultAzureCredential chain) {
        assertGolden(name, failureOf(chain).getMessage());
    }

    private static void assertGolden(String name, String text) {
        try (InputStream golden = ChainReportTest.class.getResourceAsStream("/errors/" + name + ".txt")) {
            assertNotNull(golden, "errors/" + name + ".txt is missing; it should be\n" + text);
            String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(expected.lines().toList(), text.lines().toList(), text);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static Arguments type(String name, Outcome expected, List<Outcome> outcomes, Class<?> type, int deciding) {
        return argumentSet(name, expected, outcomes, type, deciding);
    }

    /** An exception that nobody knows. */
    private static final class IllegalCallException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        IllegalCallException(String message) {
            super(message);
        }
    }
}
