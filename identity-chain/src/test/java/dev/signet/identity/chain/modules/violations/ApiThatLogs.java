// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules.violations;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rule 1. */
public final class ApiThatLogs {
    private final Logger log = LoggerFactory.getLogger("api");

    public void log() {
        log.info("the API has a dependency");
    }
}
