// SPDX-License-Identifier: MIT
package dev.signet.identity;

import org.jspecify.annotations.Nullable;

/**
 * A person must act before this request can be served. Repeat {@link #request()} once they did.
 *
 * @since 0.1.0
 */
public final class AuthenticationRequiredException extends CredentialUnavailableException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // the request does not travel with a serialized exception
    private final transient TokenRequestContext request;

    /**
     * A request that waits for a person.
     *
     * @param details the facts
     * @param request what to repeat
     * @param cause the original, or null
     */
    public AuthenticationRequiredException(
            FailureDetails details, TokenRequestContext request, @Nullable Throwable cause) {
        super(details, cause);
        this.request = request;
    }

    /**
     * The request to repeat.
     *
     * @return the request
     */
    public TokenRequestContext request() {
        return request;
    }
}
