// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules.violations.msal4j;

/** Stands for MSAL, which these tests do not have. */
public final class Msal {}
