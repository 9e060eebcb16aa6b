// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules.violations;

/** Rule 16. */
public final class NameViolations {
    private NameViolations() {}

    public static final class TokenUtils {}

    public static final class CacheImpl {}

    public static final class AbstractCredential {}
}
