// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules.violations.unmarked;

/** Rule 17: its package has no package-info. */
public final class Unmarked {}
