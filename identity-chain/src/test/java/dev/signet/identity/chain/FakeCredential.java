// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.AccessToken;
import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.Explainable;
import dev.signet.identity.spi.Readiness;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A credential that does what a test tells it, and counts. */
final class FakeCredential implements TokenCredential, ChainMember, Explainable {
    static final TokenRequestContext VAULT = TokenRequestContext.of("https://vault.azure.net/.default");
    static final TokenRequestContext GRAPH = TokenRequestContext.of("https://graph.microsoft.com/.default");

    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger asyncCalls = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger madeMember = new AtomicInteger();
    volatile Function<TokenRequestContext, AccessToken> behaviour;
    volatile Readiness readiness = new Readiness(Readiness.Status.CONFIGURED, "ready", "");

    private FakeCredential(Function<TokenRequestContext, AccessToken> behaviour) {
        this.behaviour = behaviour;
    }

    static FakeCredential doing(Function<TokenRequestContext, AccessToken> behaviour) {
        return new FakeCredential(behaviour);
    }

    static FakeCredential giving(String name) {
        AccessToken token = token(name);
        return new FakeCredential(request -> token);
    }

    static FakeCredential failing(Throwable failure) {
        FakeCredential credential = new FakeCredential(request -> null);
        credential.fail(failure);
        return credential;
    }

    static AccessToken token(String name) {
        return AccessToken.of("token-of-" + name, Instant.parse("2030-01-01T00:00:00Z"), name);
    }

    static CredentialUnavailableException unavailable(String name) {
        return new CredentialUnavailableException(name, "nothing here", "");
    }

    static ClientAuthenticationException failure(String name, Outcome outcome) {
        return switch (outcome) {
            case UNAVAILABLE ->
                new CredentialUnavailableException(
                        FailureDetails.unavailable(name, UnavailableReason.NOT_REACHABLE, "ended unavailable")
                                .build());
            case INTERACTION_REQUIRED ->
                new AuthenticationRequiredException(
                        FailureDetails.rejected(name, "ended interaction required")
                                .outcome(outcome)
                                .build(),
                        VAULT,
                        null);
            default ->
                new ClientAuthenticationException(FailureDetails.rejected(name, "ended " + outcome)
                        .outcome(outcome)
                        .build());
        };
    }

    void fail(Throwable failure) {
        this.behaviour = request -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
    }

    void give(String name) {
        AccessToken token = token(name);
        this.behaviour = request -> token;
    }

    @Override
    public AccessToken getToken(TokenRequestContext request) {
        calls.incrementAndGet();
        return behaviour.apply(request);
    }

    @Override
    public CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
        asyncCalls.incrementAndGet();
        return TokenCredential.super.getTokenAsync(request);
    }

    @Override
    public TokenCredential asChainMember() {
        madeMember.incrementAndGet();
        return this;
    }

    @Override
    public Readiness explain() {
        return readiness;
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
