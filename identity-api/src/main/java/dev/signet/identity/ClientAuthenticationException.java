// SPDX-License-Identifier: MIT
package dev.signet.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token could not be had: the credential was tried and refused, or its source gave no proper answer. The facts
 * are in {@link #details()}; nothing in them is secret.
 *
 * @since 0.1.0
 */
public class ClientAuthenticationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // facts do not travel with a serialized exception, the message does
    private final transient @Nullable FailureDetails details;

    /**
     * A failure with its facts.
     *
     * @param details the facts
     */
    public ClientAuthenticationException(FailureDetails details) {
        this(details, null);
    }

    /**
     * A failure with its facts and what led to it.
     *
     * @param details the facts
     * @param cause the original, or null
     */
    public ClientAuthenticationException(FailureDetails details, @Nullable Throwable cause) {
        super(details.message(), cause);
        this.details = details;
    }

    /**
     * The facts of the failure.
     *
     * @return never null; of an exception that was serialized only the message is left
     */
    public FailureDetails details() {
        FailureDetails known = details;
        if (known != null) {
            return known;
        }
        String message = getMessage();
        return FailureDetails.rejected("TokenCredential", message == null ? "failed" : message)
                .build();
    }

    /**
     * How a chain reads this failure.
     *
     * @return {@link Outcome#REJECTED} unless the credential knows better
     */
    public Outcome outcome() {
        return details().outcome();
    }

    /**
     * The credential that failed.
     *
     * @return its name
     */
    public String credentialName() {
        return details().credentialName();
    }

    /**
     * What a chain tried, one row per credential.
     *
     * @return empty outside a chain
     */
    public List<Attempt> attempts() {
        return details().attempts();
    }
}
