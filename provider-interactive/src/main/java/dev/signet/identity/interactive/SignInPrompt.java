// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import java.util.Locale;

/**
 * What the sign-in page asks of a user who is signed in to the browser already.
 *
 * @since 0.1.0
 */
public enum SignInPrompt {
    /** Which account to use. */
    SELECT_ACCOUNT,
    /** To sign in again. */
    LOGIN,
    /** To consent again. */
    CONSENT;

    /** The value on the wire. */
    String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }
}
