// SPDX-License-Identifier: MIT
package dev.signet.identity;

import org.jspecify.annotations.Nullable;

/**
 * A prerequisite of the credential is absent: a chain goes on to the next one.
 *
 * @since 0.1.0
 */
public class CredentialUnavailableException extends ClientAuthenticationException {
    private static final long serialVersionUID = 1L;

    /**
     * An absent prerequisite.
     *
     * @param credentialName the credential
     * @param reason what is absent; a half sentence without a full stop
     * @param remedy what to do; one sentence
     */
    public CredentialUnavailableException(String credentialName, String reason, String remedy) {
        this(FailureDetails.unavailable(credentialName, UnavailableReason.NOT_CONFIGURED, reason)
                .remedy(remedy)
                .build());
    }

    /**
     * An absent prerequisite with its facts.
     *
     * @param details the facts
     */
    public CredentialUnavailableException(FailureDetails details) {
        this(details, null);
    }

    /**
     * An absent prerequisite with its facts and what led to it.
     *
     * @param details the facts
     * @param cause the original, or null
     */
    public CredentialUnavailableException(FailureDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
