// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.core.JwtPayload;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Refuses tokens of an identity that the application did not expect, for example a host's managed identity where the
 * developer's own was meant. Reads the claims of one's own token without verifying it.
 */
final class IdentityGuard {
    /** How many tokens are remembered as checked; a power of two. */
    private static final int REMEMBERED = 16;

    private final @Nullable String tenantId;
    private final @Nullable String clientId;
    private final @Nullable String objectId;
    private final AtomicReferenceArray<@Nullable AccessToken> checked = new AtomicReferenceArray<>(REMEMBERED);

    IdentityGuard(@Nullable String tenantId, @Nullable String clientId, @Nullable String objectId) {
        this.tenantId = tenantId;
        this.clientId = clientId;
        this.objectId = objectId;
    }

    boolean isEmpty() {
        return tenantId == null && clientId == null && objectId == null;
    }

    /**
     * Checks a token; one that was checked before passes at once.
     *
     * @throws ClientAuthenticationException with {@link Outcome#REJECTED} if it is not the expected identity's
     */
    void check(String credentialName, AccessToken token) {
        if (isEmpty()) {
            return;
        }
        int slot = token.hashCode() & (REMEMBERED - 1);
        if (token.equals(checked.get(slot))) {
            return;
        }
        JwtPayload claims = JwtPayload.read(token.token()).orElse(null);
        if (claims == null) {
            throw refused(credentialName, "gave a token whose identity cannot be read");
        }
        compare(credentialName, "expectedTenantId", tenantId, claims.tenantId());
        compare(credentialName, "expectedClientId", clientId, claims.clientId());
        compare(credentialName, "expectedObjectId", objectId, claims.objectId());
        checked.set(slot, token);
    }

    private static void compare(String name, String setting, @Nullable String expected, Optional<String> actual) {
        if (expected != null && !expected.equalsIgnoreCase(actual.orElse(""))) {
            throw refused(name, "gave a token of another identity than " + setting + " names");
        }
    }

    private static ClientAuthenticationException refused(String credentialName, String what) {
        return new ClientAuthenticationException(FailureDetails.rejected(credentialName, "it " + what)
                .remedy("Select the credential that is meant in AZURE_TOKEN_CREDENTIALS, or correct the expectation.")
                .build());
    }
}
