// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules.violations.util.logging;

/** Stands for java.util.logging, which the chain's module does not read. */
public final class Level {}
