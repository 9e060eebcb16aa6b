// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules.violations;

import java.util.Optional;

/** Rules 8, 9 and 15. */
public final class FieldViolations {
    private FieldViolations() {}

    public static final class Mutable {
        private int count;

        public int next() {
            return ++count;
        }
    }

    public record PlainSecret(String clientSecret) {}

    public record PlainToken(byte[] accessToken) {}

    public static final class HoldsOptional {
        final Optional<String> tenant = Optional.empty();
    }

    public static final class PublicField {
        public final int count = Integer.signum(1);
    }
}
