// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Chains that an application builds by hand. */
final class ChainedTokenCredentialTest {
    @Test
    void build_empty_isRefused() {
        assertEquals(
                "ChainedTokenCredential needs at least one credential: add(...)",
                assertThrows(IllegalStateException.class, () -> ChainedTokenCredential.of())
                        .getMessage());
    }

    @Test
    void links_areNamedByClassOrAsGiven() {
        TokenCredential lambda = request -> FakeCredential.token("x");
        ChainedTokenCredential chain = ChainedTokenCredential.builder()
                .add(FakeCredential.giving("x"))
                .add(lambda)
                .add("Own", lambda, FallThrough.ON_UNAVAILABLE)
                .build();
        assertEquals("ChainedTokenCredential[FakeCredential, TokenCredential, Own]", chain.toString());
    }

    @Test
    void builder_usedAgain_doesNotChangeWhatItBuilt() {
        ChainedTokenCredential.Builder builder =
                ChainedTokenCredential.builder().add("One", FakeCredential.giving("x"), FallThrough.ON_UNAVAILABLE);
        ChainedTokenCredential one = builder.build();
        builder.add("Two", FakeCredential.giving("y"), FallThrough.ON_UNAVAILABLE);
        assertEquals("ChainedTokenCredential[One]", one.toString());
        assertEquals("ChainedTokenCredential[One, Two]", builder.build().toString());
    }

    @Test
    void member_ofTwo_isAskedForItsChainForm() {
        FakeCredential alone = FakeCredential.giving("x");
        ChainedTokenCredential.of(alone);
        assertEquals(0, alone.madeMember.get());
        ChainedTokenCredential.of(alone, alone);
        assertEquals(2, alone.madeMember.get());
    }

    @Test
    void report_hasNoSelectionAndNoMissingModules() {
        ChainedTokenCredential chain =
                ChainedTokenCredential.of(FakeCredential.failing(FakeCredential.unavailable("FakeCredential")));
        assertTrue(chain.lastReport().isEmpty());
        assertEquals(
                List.of(
                        "ChainedTokenCredential got no token for https://vault.azure.net/.default (tenant: default) in"
                                + " 0.00 s.",
                        " 1 FakeCredential  not configured   nothing here"),
                assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT))
                        .getMessage()
                        .lines()
                        .map(line -> line.replaceAll("in \\d+\\.\\d\\d s", "in 0.00 s"))
                        .toList());
        assertEquals(FakeCredential.VAULT, chain.lastReport().orElseThrow().request());
    }

    static Stream<Arguments> answers() {
        IllegalArgumentException wrong = new IllegalArgumentException("one scope only");
        return Stream.of(
                answer(
                        "throws at once",
                        () -> {
                            throw wrong;
                        },
                        wrong,
                        null),
                answer("failed future", () -> CompletableFuture.failedFuture(wrong), wrong, null),
                answer(
                        "failed stage",
                        () -> CompletableFuture.failedFuture(new CompletionException(wrong)),
                        wrong,
                        null),
                answer("null token", () -> CompletableFuture.completedFuture(null), null, Outcome.BUG),
                answer("error", () -> CompletableFuture.failedFuture(new StackOverflowError("simulated")), null, null));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void async_winnerFails_futureFailsTheSameWay(
            Supplier<CompletableFuture<AccessToken>> answer, Throwable expected, Outcome outcome) {
        ChainedTokenCredential chain = Chains.sticky(Stickiness.STICKY, new Answering(answer));
        chain.getToken(FakeCredential.VAULT);
        Throwable cause = assertThrows(CompletionException.class, () -> chain.getTokenAsync(FakeCredential.VAULT)
                        .join())
                .getCause();
        if (expected != null) {
            assertSame(expected, cause);
        } else if (outcome != null) {
            assertEquals(
                    outcome,
                    assertInstanceOf(ClientAuthenticationException.class, cause).outcome());
        } else {
            assertInstanceOf(StackOverflowError.class, cause);
        }
    }

    @Test
    void async_winnerHasToken_futureIsTheWinnersOwn() {
        CompletableFuture<AccessToken> own = CompletableFuture.completedFuture(FakeCredential.token("x"));
        ChainedTokenCredential chain = Chains.sticky(Stickiness.STICKY, new Answering(() -> own));
        chain.getToken(FakeCredential.VAULT);
        assertSame(own, chain.getTokenAsync(FakeCredential.VAULT));
    }

    private static Arguments answer(
            String name, Supplier<CompletableFuture<AccessToken>> answer, Throwable expected, Outcome outcome) {
        return Arguments.argumentSet(name, answer, expected, outcome);
    }

    /** Gives a token when asked to wait for it, and something else when not. */
    private record Answering(Supplier<CompletableFuture<AccessToken>> answer) implements TokenCredential {
        @Override
        public AccessToken getToken(TokenRequestContext request) {
            return FakeCredential.token("Answering");
        }

        @Override
        public CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
            return answer.get();
        }
    }
}
