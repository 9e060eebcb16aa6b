// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.azurecore;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import dev.signet.identity.TokenCredential;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import reactor.core.publisher.Mono;

/** One of our credentials behind azure-core's interface. */
final class ToAzureCredential implements com.azure.core.credential.TokenCredential {
    private final TokenCredential credential;

    ToAzureCredential(TokenCredential credential) {
        this.credential = credential;
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.fromFuture(() -> credential.getTokenAsync(ours(request)))
                .map(ToAzureCredential::theirs)
                .onErrorMap(dev.signet.identity.ClientAuthenticationException.class, ToAzureCredential::theirs);
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        try {
            return theirs(credential.getToken(ours(request)));
        } catch (dev.signet.identity.ClientAuthenticationException failure) {
            throw theirs(failure);
        }
    }

    private static dev.signet.identity.TokenRequestContext ours(TokenRequestContext theirs) {
        if (theirs.getProofOfPossessionOptions() != null) {
            throw new IllegalArgumentException(
                    "Signet gives bearer tokens only; build the client without" + " proof-of-possession options");
        }
        dev.signet.identity.TokenRequestContext request =
                dev.signet.identity.TokenRequestContext.of(theirs.getScopes()).withCaeEnabled(theirs.isCaeEnabled());
        if (theirs.getTenantId() != null) {
            request = request.withTenantId(theirs.getTenantId());
        }
        return theirs.getClaims() == null ? request : request.withClaims(theirs.getClaims());
    }

    private static AccessToken theirs(dev.signet.identity.AccessToken token) {
        return new AccessToken(
                token.token(),
                utc(token.expiresOn()),
                token.refreshOn().map(ToAzureCredential::utc).orElse(null),
                token.tokenType());
    }

    /**
     * Ours is suppressed, not the cause: the retry policies of clients repeat a request when there is an IOException
     * anywhere among the causes, and the storage client would throw the cause in place of the exception.
     */
    private static ClientAuthenticationException theirs(dev.signet.identity.ClientAuthenticationException failure) {
        ClientAuthenticationException theirs = new ClientAuthenticationException(failure.getMessage(), null);
        theirs.addSuppressed(failure);
        return theirs;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
