// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the winner in later calls. */
final class StickinessTest {
    private final FakeCredential first = FakeCredential.failing(FakeCredential.unavailable("Link1"));
    private final FakeCredential second = FakeCredential.giving("Link2");
    private final FakeCredential third = FakeCredential.giving("Link3");

    @Test
    void defaults_areStickyForDefaultAndWalkForChained() {
        DefaultAzureCredential standard = Chains.with(
                        Map.of(), List.of(FakeProvider.of("Environment", first), FakeProvider.of("AzureCli", second)))
                .build();
        standard.getToken(FakeCredential.VAULT);
        standard.getToken(FakeCredential.GRAPH);
        assertEquals(1, first.calls.get());
        ChainedTokenCredential chained = ChainedTokenCredential.of(first, second);
        chained.getToken(FakeCredential.VAULT);
        chained.getToken(FakeCredential.VAULT);
        assertEquals(3, first.calls.get());
    }

    @Test
    void alwaysWalk_callsFromTheTop() {
        ChainedTokenCredential chain = Chains.sticky(Stickiness.ALWAYS_WALK, first, second);
        assertEquals(Optional.empty(), chain.selectedCredentialName());
        chain.getToken(FakeCredential.VAULT);
        assertEquals(Optional.of("Link2"), chain.selectedCredentialName());
        first.give("Link1");
        assertEquals("Link1", chain.getToken(FakeCredential.VAULT).credentialName());
        assertEquals(Optional.of("Link1"), chain.selectedCredentialName());
    }

    @ParameterizedTest
    @EnumSource(value = Stickiness.class, names = "ALWAYS_WALK", mode = EnumSource.Mode.EXCLUDE)
    void sticky_winnerRejected_noOtherLinkIsCalled(Stickiness stickiness) {
        ChainedTokenCredential chain = Chains.sticky(stickiness, first, second, third);
        chain.getToken(FakeCredential.VAULT);
        for (Outcome outcome : List.of(Outcome.REJECTED, Outcome.TRANSIENT, Outcome.INTERACTION_REQUIRED)) {
            second.fail(FakeCredential.failure("Link2", outcome));
            assertEquals(
                    outcome,
                    assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT))
                            .outcome());
        }
        assertEquals(1, first.calls.get());
        assertEquals(0, third.calls.get());
        assertEquals(Optional.of("Link2"), chain.selectedCredentialName());
    }

    @Test
    void sticky_winnerUnavailable_noOtherLinkIsCalled() {
        ChainedTokenCredential chain = Chains.sticky(Stickiness.STICKY, first, second, third);
        chain.getToken(FakeCredential.VAULT);
        second.fail(FakeCredential.unavailable("Link2"));
        assertThrows(CredentialUnavailableException.class, () -> chain.getToken(FakeCredential.VAULT));
        assertEquals(1, first.calls.get());
        assertEquals(0, third.calls.get());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void untilUnavailable_winnerUnavailable_walksOnceFromTheTop(boolean async) {
        ChainedTokenCredential chain = Chains.sticky(Stickiness.STICKY_UNTIL_UNAVAILABLE, first, second, third);
        chain.getToken(FakeCredential.VAULT);
        second.fail(FakeCredential.unavailable("Link2"));
        String name = async
                ? chain.getTokenAsync(FakeCredential.VAULT).join().credentialName()
                : chain.getToken(FakeCredential.VAULT).credentialName();
        assertEquals("Link3", name);
        assertEquals(2, first.calls.get());
        assertEquals(1, third.calls.get());
        chain.getToken(FakeCredential.VAULT);
        assertEquals(2, first.calls.get());
        assertEquals(Optional.of("Link3"), chain.selectedCredentialName());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void untilUnavailable_allUnavailable_walksOnceAndFails(boolean async) {
        ChainedTokenCredential chain = Chains.sticky(Stickiness.STICKY_UNTIL_UNAVAILABLE, first, second);
        chain.getToken(FakeCredential.VAULT);
        second.fail(FakeCredential.unavailable("Link2"));
        if (async) {
            assertInstanceOf(
                    CredentialUnavailableException.class,
                    assertThrows(CompletionException.class, () -> chain.getTokenAsync(FakeCredential.VAULT)
                                    .join())
                            .getCause());
        } else {
            assertThrows(CredentialUnavailableException.class, () -> chain.getToken(FakeCredential.VAULT));
        }
        assertEquals(2, first.calls.get());
        assertEquals(3, second.calls.get());
    }

    @Test
    void untilUnavailable_singleLink_isNotAskedTwice() {
        ChainedTokenCredential chain = Chains.sticky(Stickiness.STICKY_UNTIL_UNAVAILABLE, second);
        chain.getToken(FakeCredential.VAULT);
        second.fail(FakeCredential.unavailable("Link1"));
        assertThrows(CredentialUnavailableException.class, () -> chain.getToken(FakeCredential.VAULT));
        assertEquals(2, second.calls.get());
    }

    @Test
    void sticky_failedWalk_nextCallWalksAgain() {
        ChainedTokenCredential chain = Chains.sticky(Stickiness.STICKY, first);
        assertThrows(CredentialUnavailableException.class, () -> chain.getToken(FakeCredential.VAULT));
        assertEquals(Optional.empty(), chain.selectedCredentialName());
        first.give("Link1");
        assertEquals("Link1", chain.getToken(FakeCredential.VAULT).credentialName());
    }

    @Test
    void sticky_winnerGivesNull_isDefect() {
        ChainedTokenCredential chain = Chains.sticky(Stickiness.STICKY, second, third);
        chain.getToken(FakeCredential.VAULT);
        second.behaviour = request -> null;
        assertEquals(
                Outcome.BUG,
                assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT))
                        .outcome());
    }

    @Test
    void async_afterWin_delegatesToTheWinner() {
        ChainedTokenCredential chain = Chains.sticky(Stickiness.STICKY, first, second);
        chain.getToken(FakeCredential.VAULT);
        assertEquals(0, second.asyncCalls.get());
        chain.getTokenAsync(FakeCredential.VAULT).join();
        assertEquals(1, second.asyncCalls.get());
    }

    @Test
    void close_twice_closesEachLinkOnce() {
        FakeCredential failing = FakeCredential.giving("x");
        for (Stickiness stickiness : Stickiness.values()) {
            int before = failing.closed.get();
            ChainedTokenCredential chain = Chains.sticky(stickiness, first, failing);
            chain.close();
            chain.close();
            assertEquals(before + 1, failing.closed.get());
        }
    }

    @Test
    void close_linkFails_othersAreClosed() {
        IllegalStateException failure = new IllegalStateException("cannot close");
        dev.signet.identity.TokenCredential stubborn = new dev.signet.identity.TokenCredential() {
            @Override
            public dev.signet.identity.AccessToken getToken(dev.signet.identity.TokenRequestContext request) {
                return FakeCredential.token("stubborn");
            }

            @Override
            public void close() {
                throw failure;
            }
        };
        ChainedTokenCredential chain = ChainedTokenCredential.of(stubborn, stubborn, second);
        assertEquals(failure, assertThrows(IllegalStateException.class, chain::close));
        assertEquals(1, second.closed.get());
    }
}
