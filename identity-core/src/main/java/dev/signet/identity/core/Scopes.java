// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.TokenRequestContext;

/**
 * Rules for credentials that take one resource instead of scopes.
 *
 * @since 0.1.0
 */
public final class Scopes {
    private static final String DEFAULT_SUFFIX = "/.default";

    private Scopes() {}

    /**
     * The resource of a request: its only scope without one trailing {@code /.default}.
     *
     * @param credentialName for the message
     * @param request the request
     * @return for example {@code https://vault.azure.net}
     * @throws IllegalArgumentException if the request has several scopes, or one without a resource
     */
    public static String resource(String credentialName, TokenRequestContext request) {
        String scope = single(credentialName, request);
        if (!scope.endsWith(DEFAULT_SUFFIX)) {
            return scope;
        }
        if (scope.length() == DEFAULT_SUFFIX.length()) {
            throw new IllegalArgumentException(credentialName + ": the scope /.default names no resource; put one in"
                    + " front, such as https://vault.azure.net/.default");
        }
        return scope.substring(0, scope.length() - DEFAULT_SUFFIX.length());
    }

    /**
     * The only scope of a request.
     *
     * @param credentialName for the message
     * @param request the request
     * @return the scope
     * @throws IllegalArgumentException if the request has several scopes
     */
    public static String single(String credentialName, TokenRequestContext request) {
        if (request.scopes().size() != 1) {
            throw new IllegalArgumentException(credentialName + ": scopes must name exactly one resource, such as"
                    + " https://vault.azure.net/.default; ask for the others in requests of their own");
        }
        return request.scopes().get(0);
    }
}
