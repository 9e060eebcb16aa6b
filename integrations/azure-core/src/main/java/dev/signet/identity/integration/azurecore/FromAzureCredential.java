// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.azurecore;

import com.azure.core.exception.AzureException;
import com.azure.core.exception.HttpResponseException;
import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One of azure-core's credentials behind our interface. */
final class FromAzureCredential implements TokenCredential {
    private final String name;
    private final com.azure.core.credential.TokenCredential credential;

    FromAzureCredential(String name, com.azure.core.credential.TokenCredential credential) {
        this.name = name;
        this.credential = credential;
    }

    @Override
    public AccessToken getToken(TokenRequestContext request) {
        try {
            return ours(credential.getTokenSync(theirs(request)));
        } catch (AzureException failure) {
            throw ours(failure);
        }
    }

    @Override
    public CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
        return credential.getToken(theirs(request)).toFuture().handle((token, failure) -> {
            if (failure instanceof AzureException known) {
                throw ours(known);
            }
            if (failure != null) {
                throw new CompletionException(failure);
            }
            return ours(token);
        });
    }

    private static com.azure.core.credential.TokenRequestContext theirs(TokenRequestContext request) {
        return new com.azure.core.credential.TokenRequestContext()
                .setScopes(request.scopes())
                .setTenantId(request.tenantId().orElse(null))
                .setClaims(request.claims().orElse(null))
                .setCaeEnabled(request.caeEnabled());
    }

    private AccessToken ours(com.azure.core.credential.@Nullable AccessToken token) {
        if (token == null) {
            throw new ClientAuthenticationException(FailureDetails.rejected(name, "the credential gave no token")
                    .outcome(Outcome.BUG)
                    .build());
        }
        AccessToken ours = AccessToken.of(token.getToken(), token.getExpiresAt().toInstant(), name)
                .withTokenType(token.getTokenType());
        return token.getRefreshAt() == null
                ? ours
                : ours.withRefreshOn(token.getRefreshAt().toInstant());
    }

    private ClientAuthenticationException ours(AzureException failure) {
        String message = failure.getMessage();
        FailureDetails.Builder details = FailureDetails.rejected(name, message == null ? "failed" : message);
        if (failure instanceof HttpResponseException answer && answer.getResponse() != null) {
            details.httpStatus(answer.getResponse().getStatusCode());
        }
        return new ClientAuthenticationException(details.build(), failure);
    }
}
