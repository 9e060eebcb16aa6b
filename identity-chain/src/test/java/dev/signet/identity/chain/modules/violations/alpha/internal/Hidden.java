// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules.violations.alpha.internal;

/** An internal class that another module uses. */
public final class Hidden {}
