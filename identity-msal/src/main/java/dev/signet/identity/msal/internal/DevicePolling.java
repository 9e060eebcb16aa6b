// SPDX-License-Identifier: MIT
package dev.signet.identity.msal.internal;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.core.EntraTokenEndpoint;
import dev.signet.identity.core.HttpCalls;
import dev.signet.identity.core.ServerError;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;

/**
 * Asks until the user has signed in on the other device (RFC 8628 section 3.5). MSAL gives up when it is told to slow
 * down and when a connection is lost; this goes on until the code expires.
 */
final class DevicePolling {
    private static final Duration SLOWER = Duration.ofSeconds(5);

    private final String credentialName;
    private final ProviderContext context;
    private final EntraTokenEndpoint entra;
    private final HttpCalls calls;

    /** The last answer of all. */
    record Answer(TransportResponse response, Instant sent) {}

    DevicePolling(String credentialName, ProviderContext context, EntraTokenEndpoint entra) {
        this.credentialName = credentialName;
        this.context = context;
        this.entra = entra;
        this.calls = new HttpCalls(credentialName, context);
    }

    /** The answer that has the token, and when it was asked for. */
    Answer answer(TransportRequest question, DevicePrompt prompt) {
        Duration interval = prompt.interval();
        while (true) {
            pause(interval, prompt.expiresOn());
            Instant sent = context.clock().instant();
            TransportResponse response;
            try {
                response = calls.exchange(question);
            } catch (UncheckedIOException lost) {
                continue;
            }
            if (response.status() == 200) {
                return new Answer(response, sent);
            }
            boolean busy = response.status() == 408 || response.status() == 429 || response.status() >= 500;
            String code = ServerError.read(response).code().orElse("");
            if (busy) {
                Duration asked = calls.retryAfter(response).orElse(interval);
                interval = asked.compareTo(interval) > 0 ? asked : interval;
            } else if (code.equals("slow_down")) {
                interval = interval.plus(SLOWER);
            } else if (!code.equals("authorization_pending")) {
                throw refused(entra.refusal(question, response), code);
            }
        }
    }

    private void pause(Duration interval, Instant expiry) {
        if (!context.clock().instant().plus(interval).isBefore(expiry)) {
            throw new ClientAuthenticationException(
                    FailureDetails.rejected(credentialName, "the device code expired before the user had signed in")
                            .errorCode("expired_token")
                            .remedy("Start again and enter the code sooner.")
                            .build());
        }
        try {
            context.sleeper().sleep(interval);
        } catch (CancellationException interrupted) {
            throw new ClientAuthenticationException(
                    FailureDetails.rejected(credentialName, "interrupted while waiting for the user to sign in")
                            .outcome(Outcome.CANCELLED)
                            .build(),
                    interrupted);
        }
    }

    private static ClientAuthenticationException refused(ClientAuthenticationException refusal, String code) {
        return code.equals("authorization_declined")
                ? new ClientAuthenticationException(refusal.details().toBuilder()
                        .remedy("The user declined to sign in: start again, or use another credential.")
                        .build())
                : refusal;
    }
}
