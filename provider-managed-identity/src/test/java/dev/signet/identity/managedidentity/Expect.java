// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Outcome;

/** The pairs of outcomes, direct and chained: the type is what a direct caller sees, the outcome what a chain reads. */
enum Expect {
    FAILED_FAILED(ClientAuthenticationException.class),
    FAILED_UNAVAILABLE(ClientAuthenticationException.class),
    UNAVAILABLE(CredentialUnavailableException.class);

    private final Class<?> type;

    Expect(Class<?> type) {
        this.type = type;
    }

    void check(ClientAuthenticationException failure) {
        assertEquals(type, failure.getClass(), failure::getMessage);
        assertTrue(failure.getMessage().startsWith(failure.credentialName() + ": "), failure::getMessage);
        assertTrue(failure.details().remedy().isPresent(), failure::getMessage);
        boolean stops = failure.outcome() == Outcome.REJECTED || failure.outcome() == Outcome.TRANSIENT;
        assertEquals(this == FAILED_FAILED, stops, failure::getMessage);
        assertEquals(this != FAILED_FAILED, failure.outcome() == Outcome.UNAVAILABLE, failure::getMessage);
    }
}
