// SPDX-License-Identifier: MIT
package dev.signet.identity.msal.internal;

/**
 * An account of a cache.
 *
 * @param homeAccountId object id and tenant id of the user's home, with a dot between
 * @param environment the host that the cache names it under
 * @param tenantId the tenant of the last sign-in; empty where it is not known
 * @param userName the name that the user signs in with
 */
public record AccountKey(String homeAccountId, String environment, String tenantId, String userName) {}
