// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

/**
 * The native runtime of the Windows broker as we use it: its operations with their arguments, but for handles that must
 * be released. Begins one operation at a time, since the runtime's own bookkeeping is not thread-safe.
 */
interface WamRuntime {
    /** Finds an account by the first part of its home account id. */
    WamOperation readAccount(String accountId, String correlationId);

    /** Signs in whoever is signed in to Windows. */
    WamOperation signInSilently(WamParameters parameters, String correlationId);

    /** Lets the user choose an account; the window 0 means the console's. */
    WamOperation signInInteractively(WamParameters parameters, String correlationId, String loginHint);

    /** A token of an account. */
    WamOperation acquireTokenSilently(WamParameters parameters, String correlationId, WamAccount account);

    /** A token of an account, for which the user may be asked. */
    WamOperation acquireTokenInteractively(WamParameters parameters, String correlationId, WamAccount account);
}
