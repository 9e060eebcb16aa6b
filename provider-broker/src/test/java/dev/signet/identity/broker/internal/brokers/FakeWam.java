// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import dev.signet.identity.AccessToken;
import dev.signet.identity.Secret;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The runtime of the Windows broker, whose operations end as told, in their order. */
final class FakeWam implements WamRuntime {
    static final String CLIENT_INFO = "eyJ1aWQiOiJ1IiwidXRpZCI6InQifQ"; // {"uid":"u","utid":"t"}
    static final String CLAIMS = "{\"upn\":\"ann@contoso.com\",\"tid\":\"t\"}";

    final List<String> calls = new ArrayList<>();
    final List<WamParameters> parameters = new ArrayList<>();
    final CountDownLatch pending = new CountDownLatch(1);
    int open;
    boolean cancelled;
    private final Deque<WamResult> results = new ArrayDeque<>();

    FakeWam then(WamResult result) {
        results.add(result);
        return this;
    }

    FakeWam fails(int status) {
        return then(new WamResult.Failure("msalruntime_error", status, "words"));
    }

    FakeWam token(String token) {
        return then(new WamResult.Success(
                new FakeAccount(),
                AccessToken.of(token, Instant.ofEpochSecond(4_000_000_000L), "BrokerCredential"),
                Secret.of(CLAIMS)));
    }

    FakeWam account() {
        return then(new WamResult.Success(new FakeAccount(), null, null));
    }

    private WamOperation operation(String call, @Nullable WamParameters told) {
        calls.add(call);
        if (told != null) {
            parameters.add(told);
        }
        WamResult result = results.poll();
        CompletableFuture<WamResult> future = new CompletableFuture<>();
        if (result != null) {
            open += result instanceof WamResult.Success ? 1 : 0;
            future.complete(result);
        }
        pending.countDown();
        return new WamOperation() {
            @Override
            public CompletableFuture<WamResult> result() {
                return future;
            }

            @Override
            public void cancel() {
                cancelled = true;
            }
        };
    }

    @Override
    public WamOperation readAccount(String accountId, String correlationId) {
        return operation("readAccount " + accountId, null);
    }

    @Override
    public WamOperation signInSilently(WamParameters told, String correlationId) {
        return operation("signInSilently", told);
    }

    @Override
    public WamOperation signInInteractively(WamParameters told, String correlationId, String loginHint) {
        return operation("signInInteractively " + loginHint, told);
    }

    @Override
    public WamOperation acquireTokenSilently(WamParameters told, String correlationId, WamAccount account) {
        return operation("acquireTokenSilently", told);
    }

    @Override
    public WamOperation acquireTokenInteractively(WamParameters told, String correlationId, WamAccount account) {
        return operation("acquireTokenInteractively", told);
    }

    private final class FakeAccount implements WamAccount {
        @Override
        public String clientInfo() {
            return CLIENT_INFO;
        }

        @Override
        public void close() {
            open--;
        }
    }
}
