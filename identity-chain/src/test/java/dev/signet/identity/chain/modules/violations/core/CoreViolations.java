// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules.violations.core;

import dev.signet.identity.chain.modules.violations.jackson.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rule 4. */
public final class CoreViolations {
    private CoreViolations() {}

    public static final class JacksonOutsideInternal {
        String parser() {
            return new Json().toString();
        }
    }

    public static final class LoggerInSignature {
        public Logger logger() {
            return LoggerFactory.getLogger("core");
        }
    }

    public static final class JacksonInField {
        public static final Json JSON = new Json();
    }
}
