// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TokenCredential} keeps. A test class implements it, makes credentials in good and bad
 * circumstances, and inherits the tests.
 *
 * @since 0.1.0
 */
public interface TokenCredentialContract {
    /** The time that a call may take before it counts as hanging: 20 s. */
    Duration PATIENCE = Duration.ofSeconds(20);

    /**
     * The name of the credential, as in {@code @ProviderInfo}.
     *
     * @return for example {@code AzureCliCredential}
     */
    String credentialName();

    /**
     * A credential that can give a token.
     *
     * @return a new credential
     */
    TokenCredential credential();

    /**
     * A credential whose source refuses, or which lacks a prerequisite.
     *
     * @return a new credential
     */
    TokenCredential failingCredential();

    /**
     * A credential whose source never answers.
     *
     * @return a new credential; empty, as unless given, if no source can keep it waiting
     */
    default Optional<TokenCredential> blockedCredential() {
        return Optional.empty();
    }

    /**
     * The clock by which tokens of {@link #credential()} are valid.
     *
     * @return the one of its context
     */
    InstantSource clock();

    /**
     * A request that the credential can serve.
     *
     * @return scopes and options
     */
    default TokenRequestContext request() {
        return TokenRequestContext.of("https://vault.azure.net/.default");
    }

    /**
     * Requests that the credential cannot serve, for example several scopes.
     *
     * @return none unless given
     */
    default List<TokenRequestContext> unsupportedRequests() {
        return List.of();
    }

    /**
     * Values that no text may show.
     *
     * @return none unless given
     */
    default Set<String> secrets() {
        return Set.of();
    }

    /** A token is valid and says where it is from. */
    @Test
    default void getToken_success_isValidAndNamesTheCredential() {
        try (TokenCredential credential = credential()) {
            AccessToken token = credential.getToken(request());

            assertTrue(token.expiresOn().isAfter(clock().instant()), "the token must not be expired");
            assertEquals(credentialName(), token.credentialName());
        }
    }

    /** The other way in leads to the same token. */
    @Test
    default void getTokenAsync_success_isTheSame() {
        try (TokenCredential credential = credential()) {
            AccessToken first = credential.getToken(request());
            AccessToken second = credential.getToken(request());
            AccessToken async = inTime(credential.getTokenAsync(request())).join();

            assertEquals(first.credentialName(), async.credentialName());
            assertEquals(first.tokenType(), async.tokenType());
            if (first.equals(second)) {
                assertEquals(first, async, "a cached token is the same both ways");
            }
        }
    }

    /** A failure is of the common type, names the credential and shows no secret, whichever way in. */
    @Test
    default void getToken_failure_namesTheCredentialAndHidesSecrets() {
        try (TokenCredential credential = failingCredential()) {
            ClientAuthenticationException sync =
                    assertThrows(ClientAuthenticationException.class, () -> credential.getToken(request()));
            CompletionException async =
                    assertThrows(CompletionException.class, () -> inTime(credential.getTokenAsync(request()))
                            .join());

            assertEquals(credentialName(), sync.credentialName());
            assertEquals(sync.getClass(), assertNotNullCause(async).getClass());
            for (Throwable cause = sync; cause != null; cause = cause.getCause()) {
                String text = cause.toString();
                for (String secret : secrets()) {
                    assertFalse(text.contains(secret), "a message shows a secret: " + cause.getClass());
                }
            }
        }
    }

    private static <T> CompletableFuture<T> inTime(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Throwable assertNotNullCause(Throwable failure) {
        Throwable cause = failure.getCause();
        assertNotNull(cause, "a failed future has a cause");
        return cause;
    }

    /** What a credential cannot serve is the caller's mistake, not a failure to sign in. */
    @Test
    default void getToken_unsupportedRequest_isAnIllegalArgument() {
        try (TokenCredential credential = credential()) {
            for (TokenRequestContext request : unsupportedRequests()) {
                assertThrows(
                        IllegalArgumentException.class, () -> credential.getToken(request), () -> "request " + request);
            }
        }
    }

    /** Neither credential nor token show what is secret. */
    @Test
    default void toString_hidesSecretsAndTokens() {
        try (TokenCredential credential = credential()) {
            AccessToken token = credential.getToken(request());
            String text = credential + " " + token;

            assertFalse(text.contains(token.token()), "the token is shown");
            for (String secret : secrets()) {
                assertFalse(text.contains(secret), "a secret is shown");
            }
        }
    }

    /** Closing is idempotent, before use and after. */
    @Test
    default void close_beforeAndAfterUse_isIdempotent() {
        TokenCredential unused = credential();
        unused.close();
        unused.close();
        TokenCredential used = credential();
        used.getToken(request());
        used.close();
        used.close();
    }

    /** An interrupt ends the wait, and the flag stays for the caller to see. */
    @Test
    default void getToken_interrupted_endsAtOnceAndKeepsTheFlag() {
        TokenCredential credential = blockedCredential().orElse(null);
        if (credential == null) {
            return;
        }
        try (credential) {
            Interrupted run = new Interrupted(credential, request());
            run.start();
            run.interrupt();

            assertTrue(run.ends(), "an interrupt must end the wait");
            assertNull(run.token, "there is no token without an answer");
            if (!(run.failure instanceof CancellationException)) {
                assertInstanceOf(ClientAuthenticationException.class, run.failure);
            }
            assertTrue(run.flag, "the interrupt flag must stay set");
        }
    }

    /** Asks for a token on a thread that is about to be interrupted. */
    final class Interrupted extends Thread {
        private final TokenCredential credential;
        private final TokenRequestContext request;
        private volatile @Nullable AccessToken token;
        private volatile @Nullable Throwable failure;
        private volatile boolean flag;
        private final CompletableFuture<Boolean> end = new CompletableFuture<>();

        private Interrupted(TokenCredential credential, TokenRequestContext request) {
            super("interrupted-caller");
            this.credential = credential;
            this.request = request;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                token = credential.getToken(request);
            } catch (RuntimeException | Error end) {
                failure = end;
            }
            flag = isInterrupted();
            end.complete(true);
        }

        private boolean ends() {
            return end.completeOnTimeout(false, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
    }
}
