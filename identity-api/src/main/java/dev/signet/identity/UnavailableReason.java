// SPDX-License-Identifier: MIT
package dev.signet.identity;

/**
 * Why a credential cannot be used here.
 *
 * @since 0.1.0
 */
public enum UnavailableReason {
    /** Settings or environment variables that it needs are not there. */
    NOT_CONFIGURED,
    /** Its module is not on the class path or module path. */
    NOT_INSTALLED,
    /** Its endpoint, tool or service does not answer here. */
    NOT_REACHABLE,
    /** It cannot serve such a request or identity in this environment. */
    NOT_SUPPORTED,
    /** Nobody is signed in to the tool it takes tokens from. */
    NOT_SIGNED_IN,
    /** It answered in a way that shows another system in its place. */
    UNEXPECTED_ANSWER
}
