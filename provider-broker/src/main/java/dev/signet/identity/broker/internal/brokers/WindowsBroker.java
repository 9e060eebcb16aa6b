// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import dev.signet.identity.AccessToken;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.core.ClaimsParameter;
import dev.signet.identity.msal.AuthenticationRecord;
import dev.signet.identity.msal.UserToken;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.Readiness;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The Web Account Manager of Windows, through Microsoft's native runtime, which the first request loads. One request at
 * a time: the runtime's Java part keeps its pending operations in a map that is not thread-safe. A dialog is shown at
 * most once for a request.
 */
final class WindowsBroker implements Broker {
    static final Duration INTERACTIVE_TIMEOUT = Duration.ofMinutes(10);

    private static final String NO_WINDOW = "msalruntime_client_error";

    private final String credentialName;
    private final ProviderContext context;
    private final Supplier<WamRuntime> loader;
    private final Duration timeout;
    private final AtomicReference<@Nullable WamRuntime> loaded = new AtomicReference<>();
    private final ReentrantLock turn = new ReentrantLock();

    /** A broker whose runtime is loaded when it is needed, and which may take so long for what needs no user. */
    WindowsBroker(String credentialName, ProviderContext context, Supplier<WamRuntime> loader, Duration timeout) {
        this.credentialName = credentialName;
        this.context = context;
        this.loader = loader;
        this.timeout = timeout;
    }

    @Override
    public UserToken silent(BrokerRequest request) {
        return inTurn(request, conversation -> conversation.silent(runtime(request)));
    }

    @Override
    public UserToken interactive(BrokerRequest request) {
        return inTurn(request, conversation -> conversation.interactive(runtime(request)));
    }

    @Override
    public Optional<String> version() {
        return Optional.empty();
    }

    @Override
    public Readiness explain() {
        return new Readiness(Readiness.Status.UNKNOWN, "asks the Web Account Manager of Windows", "");
    }

    private UserToken inTurn(BrokerRequest request, Function<Conversation, UserToken> talk) {
        Conversation conversation = new Conversation(request);
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw conversation.failures.interrupted(conversation.correlationId);
        }
        try {
            return talk.apply(conversation);
        } finally {
            turn.unlock();
        }
    }

    private WamRuntime runtime(BrokerRequest request) {
        WamRuntime known = loaded.get();
        if (known != null) {
            return known;
        }
        try {
            WamRuntime runtime = loader.get();
            loaded.set(runtime);
            return runtime;
        } catch (LinkageError | RuntimeException broken) {
            throw failures(request)
                    .absent(
                            UnavailableReason.NOT_SUPPORTED,
                            "the runtime of the Windows broker cannot be loaded ("
                                    + broken.getClass().getSimpleName() + ")");
        }
    }

    private static String redirectUri(BrokerRequest request) {
        return "ms-appx-web://Microsoft.AAD.BrokerPlugin/"
                + request.application().clientId();
    }

    private BrokerFailures failures(BrokerRequest request) {
        return new BrokerFailures(credentialName, redirectUri(request));
    }

    /** What is asked and answered for one token. */
    private final class Conversation {
        private final BrokerRequest request;
        private final BrokerFailures failures;
        private final WamParameters parameters;
        private final String correlationId = UUID.randomUUID().toString();

        Conversation(BrokerRequest request) {
            this.request = request;
            this.failures = failures(request);
            this.parameters = new WamParameters(
                    request.application(),
                    String.join(" ", request.tokens().scopes()),
                    redirectUri(request),
                    ClaimsParameter.of(request.tokens(), context.environment()),
                    request.proof(),
                    request.application().consumers() ? Map.of("msal_request_type", "consumer_passthrough") : Map.of());
        }

        UserToken silent(WamRuntime runtime) {
            if (request.user().homeAccountId().isEmpty()) {
                UserToken token = token(runtime, success(runtime.signInSilently(parameters, correlationId), timeout));
                String wanted = request.user().userName();
                if (!wanted.isEmpty() && !token.account().userName().equalsIgnoreCase(wanted)) {
                    throw failures.noAccount(
                            "another user is signed in to Windows than the one it was asked for",
                            "Call authenticate(), or allow automatic prompts.",
                            correlationId);
                }
                return token;
            }
            try (WamAccount account = account(runtime)) {
                if (account == null) {
                    throw failures.of(new BrokerRefusal(16, "", correlationId), request.tokens());
                }
                return userToken(success(runtime.acquireTokenSilently(parameters, correlationId, account), timeout));
            }
        }

        UserToken interactive(WamRuntime runtime) {
            if (!request.user().homeAccountId().isEmpty()) {
                try (WamAccount account = account(runtime)) {
                    if (account != null) {
                        return userToken(success(
                                runtime.acquireTokenInteractively(parameters, correlationId, account),
                                INTERACTIVE_TIMEOUT));
                    }
                }
            }
            return token(
                    runtime,
                    success(
                            runtime.signInInteractively(
                                    parameters, correlationId, request.user().userName()),
                            INTERACTIVE_TIMEOUT));
        }

        /** A sign-in brings a token along; where it does not, the account that signed in has one. */
        private UserToken token(WamRuntime runtime, WamResult.Success signIn) {
            if (signIn.token() != null || signIn.account() == null) {
                return userToken(signIn);
            }
            try (WamAccount account = signIn.account()) {
                return userToken(success(runtime.acquireTokenSilently(parameters, correlationId, account), timeout));
            }
        }

        private @Nullable WamAccount account(WamRuntime runtime) {
            String home = request.user().homeAccountId();
            int dot = home.indexOf('.');
            WamResult result =
                    await(runtime.readAccount(dot < 0 ? home : home.substring(0, dot), correlationId), timeout);
            return result instanceof WamResult.Success found ? found.account() : null;
        }

        private WamResult.Success success(WamOperation operation, Duration limit) {
            WamResult result = await(operation, limit);
            if (result instanceof WamResult.Failure failure) {
                throw failure.code().equals(NO_WINDOW)
                        ? failures.noWindow(correlationId)
                        : failures.of(
                                new BrokerRefusal(failure.status(), failure.context(), correlationId),
                                request.tokens());
            }
            return (WamResult.Success) result;
        }

        private WamResult await(WamOperation operation, Duration limit) {
            try {
                return operation.result().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                operation.cancel();
                Thread.currentThread().interrupt();
                throw failures.interrupted(correlationId);
            } catch (TimeoutException late) {
                operation.cancel();
                throw failures.noAnswer("the broker did not answer in time", correlationId);
            } catch (ExecutionException broken) {
                throw failures.noAnswer("the broker's runtime failed", correlationId);
            }
        }

        private UserToken userToken(WamResult.Success result) {
            try (WamAccount account = result.account()) {
                AccessToken token = result.token();
                String claims = result.claims() == null ? "" : result.claims().reveal();
                Optional<AuthenticationRecord> who = Accounts.record(
                        request.application(),
                        account == null ? "" : Accounts.homeAccountId(account.clientInfo()),
                        Accounts.tenantId(claims),
                        Accounts.userName(claims));
                if (token == null || who.isEmpty()) {
                    throw failures.noAnswer("the broker's answer has no token with its user", correlationId);
                }
                return new UserToken(token, who.get());
            }
        }
    }
}
