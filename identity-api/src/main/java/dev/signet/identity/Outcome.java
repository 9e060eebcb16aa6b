// SPDX-License-Identifier: MIT
package dev.signet.identity;

/**
 * How an attempt to get a token ended. A chain decides by this value whether it goes on.
 *
 * @since 0.1.0
 */
public enum Outcome {
    /** A token was given. */
    TOKEN,
    /** A prerequisite is absent in this environment; another credential may serve. */
    UNAVAILABLE,
    /** A person must act before a token can be given. */
    INTERACTION_REQUIRED,
    /** The credential applies and was refused. */
    REJECTED,
    /** The credential applies and its source did not answer properly; a later try may succeed. */
    TRANSIENT,
    /** A setting is wrong. */
    MISCONFIGURED,
    /** The caller was interrupted or its deadline passed. */
    CANCELLED,
    /** The credential failed in a way it should not. */
    BUG
}
