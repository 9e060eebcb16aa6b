// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.AccessToken;
import dev.signet.identity.Attempt;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.IdentityEventListener;
import dev.signet.identity.spi.IdentityEventListener.Observation;
import dev.signet.identity.spi.ProviderContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** A token source whose fetches are logged and told to the listener. */
final class ObservedSource implements TokenSource {
    private final String credentialName;
    private final ProviderContext context;
    private final TokenSource source;
    private final Logger log;
    private final boolean chained;

    ObservedSource(String credentialName, ProviderContext context, TokenSource source, Logger log, boolean chained) {
        this.credentialName = credentialName;
        this.context = context;
        this.source = source;
        this.log = log;
        this.chained = chained;
    }

    ObservedSource inChain() {
        return new ObservedSource(credentialName, context, source, log, true);
    }

    void cacheHit() {
        try {
            context.listener().cacheHit(credentialName);
        } catch (RuntimeException broken) {
            ignore(broken);
        }
    }

    @Override
    public AccessToken fetch(TokenRequestContext request, @Nullable AccessToken rejected) {
        logStart(request);
        Observation observation = start(request);
        long start = context.clock().millis();
        try {
            AccessToken token = source.fetch(request, rejected);
            finish(observation, Outcome.TOKEN, start, null);
            logSuccess(token);
            return token;
        } catch (RuntimeException | Error failure) {
            Attempt attempt = Attempt.failed(credentialName, failure, elapsed(start));
            finish(observation, attempt.outcome(), start, failure);
            logFailure(failure, attempt.outcome());
            throw failure;
        }
    }

    private Observation start(TokenRequestContext request) {
        IdentityEventListener listener = context.listener();
        if (listener == IdentityEventListener.NONE) {
            return Observation.NONE;
        }
        try {
            return listener.tokenRequested(credentialName, request);
        } catch (RuntimeException broken) {
            ignore(broken);
            return Observation.NONE;
        }
    }

    private void finish(Observation observation, Outcome outcome, long start, @Nullable Throwable failure) {
        if (observation == Observation.NONE) {
            return;
        }
        try {
            observation.finished(outcome, elapsed(start), failure);
        } catch (RuntimeException broken) {
            ignore(broken);
        }
    }

    private Duration elapsed(long start) {
        return Duration.ofMillis(Math.max(0, context.clock().millis() - start));
    }

    private void logStart(TokenRequestContext request) {
        if (chained) {
            log.trace("{}: token requested, {}", credentialName, request);
        } else {
            log.debug("{}: token requested, {}", credentialName, request);
        }
    }

    private void logSuccess(AccessToken token) {
        if (chained) {
            log.debug("{}: token received, {}", credentialName, token);
        } else {
            log.info("{}: token received, {}", credentialName, token);
        }
        if (context.accountIdentifierLoggingEnabled()) {
            logAccount(token);
        }
    }

    private void logAccount(AccessToken token) {
        JwtPayload.read(token.token())
                .ifPresentOrElse(
                        claims -> log.info(
                                "{}: application {}, tenant {}, object {}, user {}",
                                credentialName,
                                claims.clientId().orElse("-"),
                                claims.tenantId().orElse("-"),
                                claims.objectId().orElse("-"),
                                claims.userName().orElse("-")),
                        () -> log.info("{}: the token does not say whose it is", credentialName));
    }

    private void logFailure(Throwable failure, Outcome outcome) {
        String message = failure.getMessage();
        if (!(failure instanceof ClientAuthenticationException)) {
            // a stranger's message may quote anything
            log.debug(
                    "{}: token failed, {}: {}",
                    credentialName,
                    outcome,
                    message == null ? "" : Redaction.quote(message));
        } else if (chained || outcome == Outcome.CANCELLED) {
            log.debug("token failed: {}", message);
        } else if (failure instanceof CredentialUnavailableException) {
            log.info("token unavailable: {}", message);
        } else {
            log.warn("token refused: {}", message);
        }
    }

    private void ignore(RuntimeException broken) {
        log.debug("{}: the event listener failed", credentialName, broken);
    }
}
