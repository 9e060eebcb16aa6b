// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import com.microsoft.azure.javamsalruntime.Account;
import com.microsoft.azure.javamsalruntime.AuthParameters;
import com.microsoft.azure.javamsalruntime.AuthResult;
import com.microsoft.azure.javamsalruntime.MsalInteropException;
import com.microsoft.azure.javamsalruntime.MsalRuntimeFuture;
import com.microsoft.azure.javamsalruntime.MsalRuntimeInterop;
import com.microsoft.azure.javamsalruntime.ReadAccountResult;
import dev.signet.identity.AccessToken;
import dev.signet.identity.Secret;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Microsoft's runtime for Java. Loading this class loads a native library, which exists for Windows only. */
final class MsalWamRuntime implements WamRuntime {
    private final String credentialName;
    private final MsalRuntimeInterop runtime = new MsalRuntimeInterop();

    MsalWamRuntime(String credentialName) {
        this.credentialName = credentialName;
        runtime.startupMsalRuntime();
    }

    @Override
    public WamOperation readAccount(String accountId, String correlationId) {
        return begin(null, () -> runtime.readAccountById(accountId, correlationId));
    }

    @Override
    public WamOperation signInSilently(WamParameters parameters, String correlationId) {
        AuthParameters told = told(parameters);
        return begin(told, () -> runtime.signInSilently(told, correlationId));
    }

    @Override
    public WamOperation signInInteractively(WamParameters parameters, String correlationId, String loginHint) {
        AuthParameters told = told(parameters);
        long window = parameters.application().window();
        return begin(told, () -> runtime.signInInteractively(window, told, correlationId, loginHint));
    }

    @Override
    public WamOperation acquireTokenSilently(WamParameters parameters, String correlationId, WamAccount account) {
        AuthParameters told = told(parameters);
        return begin(told, () -> runtime.acquireTokenSilently(told, correlationId, ((Handle) account).account()));
    }

    @Override
    public WamOperation acquireTokenInteractively(WamParameters parameters, String correlationId, WamAccount account) {
        AuthParameters told = told(parameters);
        long window = parameters.application().window();
        return begin(
                told,
                () -> runtime.acquireTokenInteractively(window, told, correlationId, ((Handle) account).account()));
    }

    private static AuthParameters told(WamParameters parameters) {
        BrokerApplication application = parameters.application();
        AuthParameters.AuthParametersBuilder builder = new AuthParameters.AuthParametersBuilder(
                        application.clientId(), application.authority().toString(), parameters.scopes())
                .redirectUri(parameters.redirectUri())
                .additionalParameters(parameters.additional());
        if (!parameters.claims().isEmpty()) {
            builder.claims(parameters.claims());
        }
        BrokerProof proof = parameters.proof();
        if (proof != null) {
            builder.popParameters(proof.method(), proof.uri(), proof.nonce().isEmpty() ? null : proof.nonce());
        }
        return builder.build();
    }

    /** Begins an operation; what it was told is released when it ends, whichever way. */
    private WamOperation begin(@Nullable AuthParameters told, Supplier<MsalRuntimeFuture> start) {
        try {
            MsalRuntimeFuture future = start.get();
            CompletableFuture<WamResult> result = future.handle((value, failure) -> ended(told, value, failure));
            return new Pending(future, result);
        } catch (MsalInteropException refused) {
            return new Refused(CompletableFuture.completedFuture(ended(told, null, refused)));
        }
    }

    private WamResult ended(@Nullable AuthParameters told, @Nullable Object value, @Nullable Throwable failure) {
        if (told != null) {
            told.close();
        }
        try {
            return failure == null ? success(value) : failure(failure);
        } catch (MsalInteropException | IllegalArgumentException unusable) {
            return failure(unusable);
        }
    }

    private WamResult success(@Nullable Object value) {
        if (value instanceof ReadAccountResult read) {
            return new WamResult.Success(handle(read.getAccount()), null, null);
        }
        if (value instanceof AuthResult result) {
            String text = result.getAccessToken();
            AccessToken token = text == null || text.isEmpty()
                    ? null
                    : AccessToken.of(
                            text, Instant.ofEpochSecond(result.getAccessTokenExpirationTime()), credentialName);
            String claims = result.getIdToken();
            return new WamResult.Success(
                    handle(result.getAccount()),
                    token != null && result.isPopAuthorization() ? token.withTokenType("pop") : token,
                    claims == null || claims.isBlank() ? null : Secret.of(claims));
        }
        return new WamResult.Failure("unexpected_result", 0, "the runtime answered with nothing known");
    }

    private static WamResult failure(Throwable failure) {
        if (failure instanceof MsalInteropException known) {
            String message = String.valueOf(known.getErrorMessage());
            return new WamResult.Failure(known.getErrorCode(), WamStatus.of(message), WamStatus.context(message));
        }
        return new WamResult.Failure(
                "unexpected_exception", 0, failure.getClass().getSimpleName());
    }

    private static @Nullable WamAccount handle(@Nullable Account account) {
        return account == null ? null : new Handle(account);
    }

    private record Handle(Account account) implements WamAccount {
        @Override
        public String clientInfo() {
            String info = account.getClientInfo();
            return info == null ? "" : info;
        }

        @Override
        public void close() {
            account.close();
        }
    }

    private record Pending(MsalRuntimeFuture future, CompletableFuture<WamResult> result) implements WamOperation {
        @Override
        public void cancel() {
            future.cancelAsyncOperation();
        }
    }

    private record Refused(CompletableFuture<WamResult> result) implements WamOperation {
        @Override
        public void cancel() {}
    }
}
