// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether a walk goes on or stops, for every outcome, policy and kind of link. */
final class WalkTest {
    static Stream<Arguments> outcomes() {
        List<Arguments> rows = new ArrayList<>();
        for (FallThrough policy : FallThrough.values()) {
            for (Outcome outcome : Outcome.values()) {
                if (outcome != Outcome.TOKEN) {
                    boolean goesOn =
                            switch (outcome) {
                                case UNAVAILABLE, INTERACTION_REQUIRED -> true;
                                case REJECTED, TRANSIENT, MISCONFIGURED -> policy == FallThrough.ON_ANY_FAILURE;
                                default -> false;
                            };
                    rows.add(argumentSet(policy + " " + outcome, policy, outcome, goesOn));
                }
            }
        }
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void link_outcome_goesOnOrStops(FallThrough policy, Outcome outcome, boolean goesOn) {
        FakeCredential second = FakeCredential.giving("Second");
        ChainedTokenCredential chain = ChainedTokenCredential.builder()
                .add("First", FakeCredential.failing(FakeCredential.failure("First", outcome)), policy)
                .add("Second", second, policy)
                .build();
        if (goesOn) {
            assertEquals("Second", chain.getToken(FakeCredential.VAULT).credentialName());
        } else {
            ClientAuthenticationException failure =
                    assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT));
            assertEquals(outcome, failure.outcome());
            assertEquals(List.of("Second"), chain.lastReport().orElseThrow().notTried());
        }
        assertEquals(goesOn ? 1 : 0, second.calls.get());
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void placeholder_outcome_alwaysGoesOn(FallThrough policy, Outcome outcome, boolean ignored) {
        DefaultAzureCredential chain = Chains.with(Map.of(), List.of(FakeProvider.making("Environment", context -> {
                    throw FakeCredential.failure("EnvironmentCredential", outcome);
                })))
                .fallThrough("Environment", policy)
                .add("Mine", FakeCredential.giving("Mine"))
                .build();
        assertEquals("Mine", chain.getToken(FakeCredential.VAULT).credentialName());
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"REJECTED", "TRANSIENT", "MISCONFIGURED"})
    void category_decidesPolicy(Outcome outcome) {
        for (KnownProvider known : KnownProvider.ALL) {
            String name = known.name().replace("Credential", "");
            FakeCredential failing = FakeCredential.failing(FakeCredential.failure(known.name(), outcome));
            FakeCredential mine = FakeCredential.giving("Mine");
            DefaultAzureCredential chain = Chains.with(Map.of(), List.of(FakeProvider.of(name, failing)))
                    .include(name)
                    .add("Mine", mine)
                    .build();
            boolean developer = known.category() == dev.signet.identity.spi.Category.DEVELOPER;
            if (developer) {
                chain.getToken(FakeCredential.VAULT);
            } else {
                assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT));
            }
            assertEquals(developer ? 1 : 0, mine.calls.get(), name);
        }
    }

    static Stream<Arguments> foreign() {
        return Stream.of(
                argumentSet("defect", new NullPointerException("oops"), Outcome.BUG),
                argumentSet("linkage", new NoClassDefFoundError("Gone"), Outcome.BUG),
                argumentSet("wrong argument", new IllegalArgumentException("one scope only"), Outcome.MISCONFIGURED),
                argumentSet("wrong state", new IllegalStateException("both set"), Outcome.MISCONFIGURED),
                argumentSet("cancelled", new CancellationException("interrupted"), Outcome.CANCELLED));
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void link_foreignException_stopsAndIsCause(Throwable thrown, Outcome outcome) {
        FakeCredential second = FakeCredential.giving("Second");
        ChainedTokenCredential chain = ChainedTokenCredential.of(FakeCredential.failing(thrown), second);
        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT));
        assertEquals(ClientAuthenticationException.class, failure.getClass());
        assertEquals(outcome, failure.outcome());
        assertSame(thrown, failure.getCause());
        assertEquals(0, second.calls.get());
    }

    @Test
    void link_error_propagates() {
        FakeCredential second = FakeCredential.giving("Second");
        OutOfMemoryError error = new OutOfMemoryError("simulated");
        for (Stickiness stickiness : Stickiness.values()) {
            ChainedTokenCredential chain = Chains.sticky(stickiness, FakeCredential.failing(error), second);
            assertSame(error, assertThrows(OutOfMemoryError.class, () -> chain.getToken(FakeCredential.VAULT)));
        }
        assertEquals(0, second.calls.get());
    }

    @ParameterizedTest
    @EnumSource(Stickiness.class)
    void link_null_isDefect(Stickiness stickiness) {
        FakeCredential nothing = FakeCredential.doing(request -> null);
        ChainedTokenCredential chain = Chains.sticky(stickiness, nothing, FakeCredential.giving("Second"));
        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT));
        assertEquals(Outcome.BUG, failure.outcome());
    }

    @Test
    void claims_reachEveryLink() {
        TokenRequestContext request = FakeCredential.VAULT.withClaims("{\"access_token\":{}}");
        AtomicReference<TokenRequestContext> seen = new AtomicReference<>();
        FakeCredential cannot = FakeCredential.failing(FakeCredential.unavailable("First"));
        FakeCredential can = FakeCredential.doing(asked -> {
            seen.set(asked);
            return FakeCredential.token("Second");
        });
        ChainedTokenCredential.of(cannot, can).getToken(request);
        assertSame(request, seen.get());
    }

    @Test
    void nested_allUnavailable_outerGoesOn() {
        DefaultAzureCredential inner = Chains.with(
                        Map.of(),
                        List.of(
                                FakeProvider.of("Environment", FakeCredential.failing(FakeCredential.unavailable("E"))),
                                FakeProvider.of("AzureCli", FakeCredential.failing(FakeCredential.unavailable("A")))))
                .build();
        ChainedTokenCredential outer = ChainedTokenCredential.of(inner, FakeCredential.giving("Second"));
        assertEquals("Second", outer.getToken(FakeCredential.VAULT).credentialName());
    }

    @Test
    void nested_emptyChain_outerGoesOn() {
        ChainedTokenCredential outer =
                ChainedTokenCredential.of(Chains.empty().build(), FakeCredential.giving("Second"));
        assertEquals("Second", outer.getToken(FakeCredential.VAULT).credentialName());
    }

    @Test
    void nested_rejected_outerStops() {
        DefaultAzureCredential inner = Chains.with(
                        Map.of(),
                        List.of(FakeProvider.of(
                                "Environment",
                                FakeCredential.failing(
                                        FakeCredential.failure("EnvironmentCredential", Outcome.REJECTED)))))
                .build();
        FakeCredential second = FakeCredential.giving("Second");
        ChainedTokenCredential outer = ChainedTokenCredential.of(inner, second);
        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> outer.getToken(FakeCredential.VAULT));
        assertEquals(Outcome.REJECTED, failure.outcome());
        assertEquals(0, second.calls.get());
    }

    @Test
    void single_ownAbsence_isRefusal() {
        ClientAuthenticationException own = new ClientAuthenticationException(
                FailureDetails.rejected("ManagedIdentityCredential", "identity not found")
                        .outcome(Outcome.UNAVAILABLE)
                        .httpStatus(400)
                        .build());
        FakeCredential identity = FakeCredential.failing(own);
        DefaultAzureCredential chain = Chains.with(Map.of(), List.of(FakeProvider.of("ManagedIdentity", identity)))
                .build();
        assertRefusal(own, chain);
        identity.give("ManagedIdentityCredential");
        chain.getToken(FakeCredential.VAULT);
        identity.fail(own);
        assertRefusal(own, chain);
        Throwable async = assertThrows(
                        java.util.concurrent.CompletionException.class,
                        () -> chain.getTokenAsync(FakeCredential.VAULT).join())
                .getCause();
        assertEquals(
                Outcome.REJECTED,
                assertInstanceOf(ClientAuthenticationException.class, async).outcome());
    }

    @Test
    void single_unavailable_staysUnavailable() {
        DefaultAzureCredential chain = Chains.with(
                        Map.of(),
                        List.of(FakeProvider.of("AzureCli", FakeCredential.failing(FakeCredential.unavailable("A")))))
                .build();
        assertThrows(CredentialUnavailableException.class, () -> chain.getToken(FakeCredential.VAULT));
    }

    @Test
    void chain_usedByItsOwnLink_failsInsteadOfHanging() {
        AtomicReference<ChainedTokenCredential> self = new AtomicReference<>();
        self.set(Chains.sticky(
                Stickiness.STICKY,
                FakeCredential.doing(request -> self.get().getToken(request)),
                FakeCredential.giving("Second")));
        ClientAuthenticationException failure = assertThrows(
                ClientAuthenticationException.class, () -> self.get().getToken(FakeCredential.VAULT));
        assertTrue(failure.getMessage().contains("is used by one of its own credentials"), failure.getMessage());
    }

    private static void assertRefusal(ClientAuthenticationException own, DefaultAzureCredential chain) {
        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT));
        assertEquals(ClientAuthenticationException.class, failure.getClass());
        assertEquals(Outcome.REJECTED, failure.outcome());
        assertEquals(400, failure.details().httpStatus().orElseThrow());
        assertSame(own, failure.getCause());
    }
}
