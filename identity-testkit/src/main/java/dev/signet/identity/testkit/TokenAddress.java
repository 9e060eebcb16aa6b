// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

/**
 * Where a token request went, as a client sees it.
 *
 * @param authority the global sign-in host, an address that ends with a slash
 * @param tenant what stands for the tenant in the path
 * @param endpoint the address of the token endpoint, which is the audience of client assertions
 * @param regional whether a region's host was asked
 */
record TokenAddress(String authority, String tenant, String endpoint, boolean regional) {
    static final String PATH = "/oauth2/v2.0/token";

    /** The token endpoint of a tenant at the global host. */
    static TokenAddress of(String authority, String tenant) {
        return new TokenAddress(authority, tenant, authority + tenant + PATH, false);
    }
}
