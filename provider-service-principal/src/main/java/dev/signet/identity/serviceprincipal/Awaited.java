// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Waits on the caller's thread for an assertion that is made elsewhere. */
final class Awaited implements Function<AssertionRequest, String> {
    private final String credentialName;
    private final Function<AssertionRequest, ? extends CompletionStage<String>> code;

    Awaited(String credentialName, Function<AssertionRequest, ? extends CompletionStage<String>> code) {
        this.credentialName = credentialName;
        this.code = code;
    }

    @Override
    public String apply(AssertionRequest request) {
        try {
            return code.apply(request).toCompletableFuture().get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ClientAuthenticationException(
                    FailureDetails.rejected(credentialName, "interrupted while waiting for clientAssertion")
                            .outcome(Outcome.CANCELLED)
                            .build(),
                    interrupted);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw cause instanceof RuntimeException unchecked ? unchecked : new CompletionException(cause);
        }
    }
}
