// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules.violations.jackson;

/** Stands for Jackson, which the chain's module does not read. */
public final class Json {}
