// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import dev.signet.identity.AccessToken;
import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.TokenSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of one user: silently while the last sign-in is good for it, else by another sign-in. Only what a user can
 * mend asks the user; a network failure never does. One sign-in at a time: whoever waits for it looks first whether it
 * will serve too. Thread-safe.
 *
 * @since 0.1.0
 */
public final class UserLogin implements TokenSource {
    private final UserClient client;
    private final SignIn signIn;
    private final boolean automatic;
    private final AtomicReference<@Nullable AuthenticationRecord> account;
    private final ReentrantLock prompting;

    private UserLogin(UserClient client, SignIn signIn, boolean automatic, @Nullable AuthenticationRecord account) {
        this.client = client;
        this.signIn = signIn;
        this.automatic = automatic;
        this.account = new AtomicReference<>(account);
        this.prompting = new ReentrantLock();
    }

    private UserLogin(UserLogin shared, SignIn signIn) {
        this.client = shared.client;
        this.signIn = signIn;
        this.automatic = shared.automatic;
        this.account = shared.account;
        this.prompting = shared.prompting;
    }

    /**
     * A login of whoever signs in.
     *
     * @param client the application
     * @param signIn asks the user
     * @return a login that nobody has used yet
     */
    public static UserLogin of(UserClient client, SignIn signIn) {
        return new UserLogin(Objects.requireNonNull(client), Objects.requireNonNull(signIn), true, null);
    }

    /**
     * The same login of somebody who signed in before.
     *
     * @param account who
     * @return a new login
     * @throws IllegalArgumentException if that was in another cloud
     */
    public UserLogin withAccount(AuthenticationRecord account) {
        client.checkCloud(account);
        return new UserLogin(client, signIn, automatic, account);
    }

    /**
     * The same login, which asks the user in {@link #authenticate} only.
     *
     * @return a new login
     */
    public UserLogin withoutPrompts() {
        return new UserLogin(client, signIn, false, account.get());
    }

    /**
     * Another way to ask the same user: both logins know whoever signed in with one of them, and wait for each other.
     *
     * @param signIn asks the user
     * @return a login that shares all else with this one
     */
    public UserLogin askingBy(SignIn signIn) {
        return new UserLogin(this, Objects.requireNonNull(signIn));
    }

    /**
     * Who signed in last.
     *
     * @return empty while nobody has
     */
    public Optional<AuthenticationRecord> account() {
        return Optional.ofNullable(account.get());
    }

    /**
     * Gets a token.
     *
     * @throws AuthenticationRequiredException if the user must sign in and prompts are off
     */
    @Override
    public AccessToken fetch(TokenRequestContext request, @Nullable AccessToken rejected) {
        AuthenticationRecord known = account.get();
        AuthenticationRequiredException needed;
        try {
            return silent(known, request);
        } catch (AuthenticationRequiredException signInNeeded) {
            needed = signInNeeded;
        }
        if (!automatic) {
            throw needed;
        }
        lock();
        try {
            AuthenticationRecord now = account.get();
            if (now != null && !now.equals(known)) {
                try {
                    return silent(now, request);
                } catch (AuthenticationRequiredException stillNeeded) {
                    needed = stillNeeded;
                }
            }
            return signedIn(needed.request());
        } finally {
            prompting.unlock();
        }
    }

    /**
     * Has the user sign in, whoever was before.
     *
     * @param request what to ask for; of an {@link AuthenticationRequiredException}, its request
     * @return who signed in
     * @throws ClientAuthenticationException if nobody did
     */
    public AuthenticationRecord authenticate(TokenRequestContext request) {
        lock();
        try {
            AccessToken unused = signedIn(request);
            return Objects.requireNonNull(account.get());
        } finally {
            prompting.unlock();
        }
    }

    private AccessToken silent(@Nullable AuthenticationRecord known, TokenRequestContext request) {
        if (known == null) {
            throw UserFailures.notSignedIn(client.credentialName(), request);
        }
        UserToken token = client.silent(known, request);
        account.compareAndSet(known, token.account());
        return token.token();
    }

    private AccessToken signedIn(TokenRequestContext request) {
        UserToken token = signIn.signIn(request);
        account.set(token.account());
        return token.token();
    }

    private void lock() {
        try {
            prompting.lockInterruptibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ClientAuthenticationException(
                    FailureDetails.rejected(client.credentialName(), "interrupted while another sign-in was under way")
                            .outcome(Outcome.CANCELLED)
                            .build(),
                    interrupted);
        }
    }

    @Override
    public String toString() {
        return "UserLogin[" + client.credentialName() + "]";
    }
}
