// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.core.HttpCalls;
import dev.signet.identity.core.JsonObject;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out within a second whether IMDS is there, so that a chain does not wait for it off Azure. The request leaves
 * out the header that IMDS demands; its refusal (400) proves that it is IMDS, and no token is issued. One probe is in
 * flight at a time; yes is remembered for good, no for five seconds, maybe not at all. Thread-safe.
 */
final class ImdsProbe {
    private static final Logger LOG = LoggerFactory.getLogger(ManagedIdentityCredential.class.getPackageName());
    private static final long REFUSAL_MILLIS = 5_000;

    private final HostSettings settings;
    private final HttpCalls calls;
    private final AtomicReference<@Nullable Verdict> known = new AtomicReference<>();
    private final AtomicReference<@Nullable CompletableFuture<Verdict>> flight = new AtomicReference<>();

    ImdsProbe(HostSettings settings) {
        this.settings = settings;
        this.calls = new HttpCalls(Failures.CREDENTIAL, settings.context());
    }

    /**
     * Returns when IMDS is there, or may be.
     *
     * @throws CredentialUnavailableException if it is not
     */
    void requireImds(URI endpoint) {
        Verdict verdict = known.get();
        if (verdict == null || !verdict.holds(settings.context().clock().millis())) {
            verdict = probeOnce(endpoint);
        }
        if (verdict.absence != null) {
            throw new CredentialUnavailableException(verdict.absence, verdict.cause);
        }
    }

    private Verdict probeOnce(URI endpoint) {
        CompletableFuture<Verdict> mine = new CompletableFuture<>();
        CompletableFuture<Verdict> running = flight.compareAndExchange(null, mine);
        if (running != null) {
            return await(running, endpoint);
        }
        try {
            Verdict last = known.get();
            Verdict verdict =
                    last != null && last.holds(settings.context().clock().millis()) ? last : probe(endpoint);
            known.set(verdict);
            mine.complete(verdict);
            return verdict;
        } catch (Throwable failure) {
            mine.completeExceptionally(failure);
            throw failure;
        } finally {
            flight.set(null);
        }
    }

    private Verdict await(CompletableFuture<Verdict> running, URI endpoint) {
        try {
            return running.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw cancelled(interrupted);
        } catch (ExecutionException interruptedLeader) {
            return probeOnce(endpoint);
        }
    }

    private Verdict probe(URI endpoint) {
        TransportRequest request = SourceClient.get(endpoint)
                .connectTimeout(settings.probeTimeout())
                .timeout(settings.probeTimeout())
                .build();
        Verdict verdict;
        try {
            verdict = judge(calls.exchange(request));
        } catch (UncheckedIOException failure) {
            IOException cause = Objects.requireNonNull(failure.getCause());
            verdict = absent(
                    FailureDetails.unavailable(
                            Failures.CREDENTIAL,
                            UnavailableReason.NOT_REACHABLE,
                            "IMDS does not answer the probe: " + Failures.words(cause)),
                    cause);
        }
        LOG.debug("{}: IMDS probe: {}", Failures.CREDENTIAL, verdict);
        return verdict;
    }

    private Verdict judge(TransportResponse response) {
        int status = response.status();
        if (status == 400) {
            return Verdict.PRESENT;
        }
        if (status == 410 || status == 429 || status == 500 || status == 503) {
            return Verdict.PERHAPS;
        }
        boolean refusal = status == 401 || status == 403 || status == 404 || status == 405;
        if (refusal && (response.header("Server").orElse("").startsWith("IMDS") || isJson(response))) {
            return Verdict.PERHAPS;
        }
        return absent(
                FailureDetails.unavailable(
                                Failures.CREDENTIAL,
                                UnavailableReason.UNEXPECTED_ANSWER,
                                "something else than IMDS answers the probe, with HTTP " + status)
                        .httpStatus(status),
                null);
    }

    private Verdict absent(FailureDetails.Builder absence, @Nullable IOException cause) {
        FailureDetails details = absence.remedy(
                        "Use this credential on an Azure host; on a slow one set a longer probeTimeout.")
                .build();
        return new Verdict(details, cause, settings.context().clock().millis());
    }

    private static boolean isJson(TransportResponse response) {
        return JsonObject.parse(response.body()).isPresent();
    }

    private static ClientAuthenticationException cancelled(Exception cause) {
        return new ClientAuthenticationException(
                FailureDetails.rejected(Failures.CREDENTIAL, "interrupted while probing IMDS")
                        .outcome(Outcome.CANCELLED)
                        .build(),
                cause);
    }

    /** What a probe found. */
    private static final class Verdict {
        static final Verdict PRESENT = new Verdict(null, null, 0);
        static final Verdict PERHAPS = new Verdict(null, null, 0);

        final @Nullable FailureDetails absence;
        final @Nullable IOException cause;
        private final long foundMillis;

        Verdict(@Nullable FailureDetails absence, @Nullable IOException cause, long foundMillis) {
            this.absence = absence;
            this.cause = cause;
            this.foundMillis = foundMillis;
        }

        boolean holds(long nowMillis) {
            long age = nowMillis - foundMillis;
            return this == PRESENT || absence != null && age >= 0 && age < REFUSAL_MILLIS;
        }

        @Override
        public String toString() {
            return absence != null ? absence.reason() : this == PRESENT ? "present" : "present, perhaps";
        }
    }
}
